// The types of `<divar-media-composer>` in the templates of Vue 3.
import type { DefineComponent, HTMLAttributes } from "vue";
import type { ComposerEventMap } from "./events.js";
import type { ComposerAttributes, ComposerProperties } from "./props.js";

/** The listeners as Vue names them: `onDivarSent` for `@divar-sent`. */
type VueListeners = {
  [Name in keyof ComposerEventMap as Name extends `divar-${infer Rest}`
    ? `onDivar${Capitalize<Rest>}`
    : never]?: (event: ComposerEventMap[Name]) => void;
};

declare module "vue" {
  interface GlobalComponents {
    "divar-media-composer": DefineComponent<
      HTMLAttributes & ComposerProperties & ComposerAttributes & VueListeners
    >;
  }
}
