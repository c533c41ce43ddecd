"""The bench for other people's skills: their interaction model, their web service, our matcher between them.

service.py          their web service over HTTP
amazon_types.py     what Alexa sends for the types it defines itself
dialogs.py          the dialog section of a model: what is still to be asked
shares.py           which words go into which slot, where one is a date or a number
conversation.py     a conversation that plays dialog directives
response_check.py   a response against Alexa's limits
"""
