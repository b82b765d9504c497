/** The published file that is compiled from a source. */
const published = (path) => path.replace(/^\/?pkg\/src\//, "dist/").replace(/\.ts$/, ".js");

export default {
  globs: ["pkg/src/element.ts", "pkg/src/element/media-composer.ts"],
  outdir: "pkg/dist",
  litelement: true,
  quiet: true,
  packagejson: false,
  plugins: [
    {
      name: "published-paths",
      packageLinkPhase({ customElementsManifest: { modules } }) {
        for (const module of modules) {
          module.path = published(module.path);
          for (const { declaration } of module.exports ?? []) {
            if (declaration?.module) declaration.module = published(declaration.module);
          }
        }
      },
    },
  ],
};
