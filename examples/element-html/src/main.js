import "divar-chat-media/element";

const composer = document.querySelector("divar-media-composer");
const sent = document.querySelector("#sent");

composer.addEventListener("divar-sent", ({ detail: { file } }) => {
  sent.append(`${file.name}\n`);
});
