// Holds a conversation with a running skill through virtual-alexa, an independent client that plays Alexa.
//   node talk.js URL MODEL LOCALE SENTENCE...    prints one response of the skill a line, as JSON
const { VirtualAlexa } = require("virtual-alexa");

async function talk(url, model, locale, sentences) {
  const alexa = VirtualAlexa.Builder().skillURL(url).interactionModelFile(model).locale(locale).create();
  for (const sentence of sentences) {
    const response = await alexa.utter(sentence);
    console.log(JSON.stringify(response));
  }
}

const [url, model, locale, ...sentences] = process.argv.slice(2);
talk(url, model, locale, sentences).catch((error) => {
  console.error(error);
  process.exit(1);
});
