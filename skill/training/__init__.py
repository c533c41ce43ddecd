from skill.encoder import runtime as runtime  # first: whoever imports onnxruntime after it gets it without telemetry
