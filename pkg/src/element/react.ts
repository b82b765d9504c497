// The types of `<divar-media-composer>` in JSX, for React 19.
import type * as React from "react";
import type { DivarMediaComposer } from "./media-composer.js";
import type { ComposerAttributes, ComposerListeners, ComposerProperties } from "./props.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "divar-media-composer": React.DetailedHTMLProps<
        React.HTMLAttributes<DivarMediaComposer>,
        DivarMediaComposer
      > &
        ComposerProperties &
        ComposerAttributes &
        ComposerListeners;
    }
  }
}
