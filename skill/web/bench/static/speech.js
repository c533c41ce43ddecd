// Makes a reply heard: espeak-ng on the server where it is installed, else one of the browser's own voices.

import { post } from "./bench.js";

const onServer = document.body.dataset.serverSpeaks === "yes";
const rate = document.getElementById("rate");
const shown = document.getElementById("rate-shown");
const ORDINARY = 160; // words a minute, which the browser's voices call 1
let sound = null;

rate.addEventListener("input", () => { shown.textContent = rate.value; });

export async function play(ssml, plain, locale) {
  hush();
  if (!plain) return;
  if (!onServer) return speakHere(plain, locale);
  const answer = await post("speech", { ssml, locale, rate: Number(rate.value) });
  const url = URL.createObjectURL(await answer.blob());
  sound = new Audio(url);
  sound.addEventListener("ended", () => URL.revokeObjectURL(url));
  document.body.dataset.played = String(Number(document.body.dataset.played ?? 0) + 1);
  await sound.play();
}

export function hush() {
  sound?.pause();
  sound = null;
  globalThis.speechSynthesis?.cancel();
}

function speakHere(plain, locale) {
  if (!globalThis.speechSynthesis) throw new Error("This browser has no voices.");
  const said = new SpeechSynthesisUtterance(plain);
  said.lang = locale;
  said.rate = Math.min(2.5, Math.max(0.5, Number(rate.value) / ORDINARY));
  speechSynthesis.speak(said);
}
