// Speech to text by the browser. It sends the sound to its maker, so it is off until somebody switches it on.

const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;

const REASONS = {
  "not-allowed": "The browser may not use the microphone: allow it for this page.",
  "audio-capture": "There is no microphone.",
  network: "The browser cannot reach its maker's service, which turns speech into text.",
  "no-speech": "Nothing was said.",
};

export function microphone({ allow, button, locale, heard, problem }) {
  let listening = null;
  if (!Recognition) {
    allow.disabled = true;
    allow.parentElement.append(" (This browser has no speech recognition.)");
    return;
  }
  allow.addEventListener("change", () => {
    button.disabled = !allow.checked;
    if (!allow.checked) listening?.abort();
  });
  button.addEventListener("click", () => {
    if (listening) return listening.stop();
    listening = new Recognition();
    listening.lang = locale();
    listening.interimResults = false;
    listening.maxAlternatives = 1;
    listening.onresult = (event) => heard(event.results[0][0].transcript);
    listening.onerror = (event) => problem(REASONS[event.error] ?? `Nothing was recognised (${event.error}).`);
    listening.onend = () => { listening = null; button.setAttribute("aria-pressed", "false"); };
    button.setAttribute("aria-pressed", "true");
    listening.start();
  });
}
