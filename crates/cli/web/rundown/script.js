"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const dialog = document.getElementById("item");
const rtl = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

function clock(seconds) {
  const s = Math.floor(seconds), h = Math.floor(s / 3600), two = n => String(n).padStart(2, "0");
  return h ? `${h}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

// Text from transcripts is only ever set as text, with its language and direction.
function put(element, text, language) {
  element.textContent = text;
  element.dir = rtl.test(text) ? "rtl" : "ltr";
  if (language) element.lang = language;
  return element;
}

function show(element) {
  const bulletin = data.bulletins[element.dataset.bulletin], item = bulletin.items[element.dataset.item];
  const names = [...item.actors, ...item.places].map(m => m.name).join(", ");
  // This line is the page's own; only the outlet's name may be of the other direction.
  document.getElementById("item-where").textContent = `\u2068${bulletin.outlet}\u2069, ${item.rank ? "item " + item.rank : item.part}, ${clock(item.start)} to ${clock(item.end)}`;
  put(document.getElementById("item-headline"), item.headline, bulletin.language);
  document.getElementById("item-about").textContent = [names, item.events.map(e => [e.actor, e.event, e.recipient].filter(Boolean).join(" ")).filter((e, i, all) => all.indexOf(e) === i).join("; ")].filter(Boolean).join(" · ");
  const list = document.getElementById("item-sentences");
  list.replaceChildren(...item.sentences.map(sentence => {
    const line = document.createElement("li"), time = document.createElement("time");
    time.textContent = clock(sentence.start);
    line.append(time, put(document.createElement("span"), sentence.text, bulletin.language));
    line.dir = rtl.test(sentence.text) ? "rtl" : "ltr";
    return line;
  }));
  dialog.showModal();
}

function light(element, on) {
  const story = element.dataset.story;
  if (story !== undefined) document.querySelectorAll(`.ribbon[data-story="${story}"]`).forEach(r => r.classList.toggle("on", on));
}

const items = [...document.querySelectorAll("[data-item]")];
for (const element of items) {
  element.addEventListener("click", () => show(element));
  for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) element.addEventListener(name, () => light(element, on));
  element.addEventListener("keydown", event => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(element); return; }
    // Right and left go along the lane, down and up to the same story or the same place in another.
    const lane = items.filter(i => i.tagName === element.tagName && i.dataset.bulletin === element.dataset.bulletin), at = lane.indexOf(element);
    const across = step => {
      const other = items.filter(i => i.tagName === element.tagName && Number(i.dataset.bulletin) === Number(element.dataset.bulletin) + step);
      return other.find(i => i.dataset.story !== undefined && i.dataset.story === element.dataset.story) || other[Math.min(at, other.length - 1)];
    };
    const to = { ArrowRight: () => lane[at + 1], ArrowLeft: () => lane[at - 1], ArrowDown: () => across(1), ArrowUp: () => across(-1), Home: () => lane[0], End: () => lane[lane.length - 1] }[event.key];
    const target = to && to();
    if (target) { event.preventDefault(); target.focus(); }
  });
}
dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
