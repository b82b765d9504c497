import { en, fa } from "divar-chat-media/element";

const said = document.querySelector("#said");
const say = (text) => {
  said.textContent = text;
};

// Screen readers tell them apart by their names.
for (const section of document.querySelectorAll("section")) {
  const composer = section.querySelector("divar-media-composer");
  const strings = composer.lang === "fa" ? fa : en;
  const name = `${strings.composer}: ${section.querySelector("h2").textContent}`;
  composer.strings = { ...strings, composer: name };
}
const own = document.querySelector("#own");
own.strings = { ...own.strings, choose: "Add", send: "Go" };

addEventListener("divar-send", ({ detail }) => say(`divar-send: ${detail.files.length} files`));
addEventListener("divar-sent", ({ detail }) => say(`divar-sent: ${detail.file.name}`));
addEventListener("divar-error", ({ detail }) => say(`divar-error: ${detail.error.code}`));
addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = new FormData(event.target);
  say(`submitted: ${JSON.stringify([...fields])}`);
});
