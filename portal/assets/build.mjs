// Builds what the pages need from npm's packages and the sources beside this file: `npm run build`.
// Every step says what it made; a step that cannot be done stops the build. `... build.mjs pictures` does one step alone.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Resvg } from "@resvg/resvg-js";
import * as sass from "sass";
import { ICONS } from "./icons.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, "../..");
const DATA = resolve(ROOT, process.env.DATA_DIR || "var");
const OUT = join(ROOT, "portal/static/portal");
const DKFDS = join(ROOT, "node_modules/dkfds/src");
const CSS_LIMIT_KB = 40;

const text = (path) => readFileSync(path, "utf8");
const kb = (content) => `${(gzipSync(content, { level: 9 }).length / 1024).toFixed(1)} kB gzip`;
const say = (step, made) => console.log(`${step.padEnd(10)}${made}`);

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const THEME = join(DATA, "theme");
const HAS_THEME = existsSync(join(THEME, "_site.scss"));
const sassOptions = (themes) => ({
  loadPaths: [...themes, join(HERE, "scss"), join(HERE, "scss/default"), join(DKFDS, "stylesheets")],
  style: "compressed",
  quietDeps: true,
});

/** The style sheet, in the site's own colours where DATA_DIR/theme/_site.scss names some. */
function styles() {
  const { css } = sass.compile(join(HERE, "scss/samspil.scss"), sassOptions(HAS_THEME ? [THEME] : []));
  if (gzipSync(css).length > CSS_LIMIT_KB * 1024) throw new Error(`The style sheet is over ${CSS_LIMIT_KB} kB gzip.`);
  write(join(OUT, "samspil.css"), css);
  const admin = sass.compile(join(HERE, "scss/admin.scss"), sassOptions(HAS_THEME ? [THEME] : [])).css;
  write(join(OUT, "admin.css"), admin);
  say("styles", `samspil.css, ${kb(css)}, admin.css, colours of ${HAS_THEME ? join(THEME, "_site.scss") : "the portal"}`);
  copyWhatStylesAskFor(css);
}

/** Fonts and icons named by url() in the style sheet: exactly these, so that no address in it leads nowhere. */
function copyWhatStylesAskFor(css) {
  const sources = [join(HERE, "img"), join(DKFDS, "fonts/IBMPlexSans/split/woff2"), join(DKFDS, "img/svg-icons")];
  const asked = new Set(
    [...css.matchAll(/url\("?([^")]+)"?\)/g)].map((match) => match[1]).filter((url) => !url.startsWith("data:")),
  );
  for (const url of asked) {
    const found = [join(sources[0], url), ...sources.slice(1).map((folder) => join(folder, basename(url)))].find(
      existsSync,
    );
    if (!found) throw new Error(`The style sheet asks for ${url}, which no source folder has.`);
    mkdirSync(dirname(join(OUT, url)), { recursive: true });
    cpSync(found, join(OUT, url));
  }
  say("fonts", `${asked.size} font and icon files that the style sheet names`);
}

/** One file of icons, used as <use href="sprite.svg#name">; own glyphs take the colour of the text around them. */
function sprite() {
  const symbol = (name, svg) => {
    const [, box, drawing] = svg.match(/viewBox="([^"]+)"[^>]*>(.*)<\/svg>/s);
    return `<symbol id="${name}" viewBox="${box}" fill="currentColor">${drawing}</symbol>`;
  };
  const theirs = Object.entries(ICONS).map(([name, file]) =>
    symbol(name, text(join(DKFDS, `img/svg-icons/${file}.svg`))),
  );
  const own = readdirSync(join(HERE, "glyphs")).map((file) =>
    symbol(basename(file, ".svg"), text(join(HERE, "glyphs", file))),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">\n${[...theirs, ...own].join("\n")}\n</svg>\n`;
  write(join(OUT, "sprite.svg"), svg);
  say("sprite", `sprite.svg, ${theirs.length} icons and ${own.length} own glyphs, ${kb(svg)}`);
}

/** htmx, then our own scripts in a block each, so that none sees another's names. */
function scripts() {
  const own = readdirSync(join(HERE, "js")).sort();
  const blocks = own.map((file) => `/* ${file} */\n{\n${text(join(HERE, "js", file))}}\n`);
  const js = [text(join(ROOT, "node_modules/htmx.org/dist/htmx.min.js")), ...blocks].join("\n");
  write(join(OUT, "portal.js"), js);
  say("scripts", `portal.js, htmx and ${own.length} own scripts, ${kb(js)}`);
}

const png = (svg, width) => new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng();

/** Every colour of the palette by name, as the style sheet has it. */
function palette(themes) {
  const list = '@use "palette"; a { @each $name, $colour in palette.$colours { --#{$name}: #{$colour}; } }';
  const { css } = sass.compileString(list, { ...sassOptions(themes), logger: sass.Logger.silent });
  return Object.fromEntries([...css.matchAll(/--([\w-]+): ?([^;}]+)/g)].map(([, name, colour]) => [name, colour]));
}

/** A drawing in the site's own colours; the mark and the word beside it are never recoloured. */
function drawing(file) {
  const svg = text(join(HERE, "img", file));
  if (!HAS_THEME || /^(logo|maerke)/.test(file)) return svg;
  const [own, stock] = [palette([THEME]), palette([])];
  const repaint = new Map(Object.entries(stock).map(([name, colour]) => [colour.toLowerCase(), own[name]]));
  return svg.replace(/#[0-9a-f]{6}\b/gi, (colour) => repaint.get(colour.toLowerCase()) ?? colour);
}

/** The drawings, and the few that must be PNG: icons for older browsers, the picture shown when a page is shared. */
function images() {
  const drawings = readdirSync(join(HERE, "img")).filter((file) => file.endsWith(".svg"));
  drawings.forEach((file) => write(join(OUT, "img", file), drawing(file)));
  for (const width of [32, 180]) write(join(OUT, `img/maerke-${width}.png`), png(drawing("maerke.svg"), width));
  write(join(OUT, "img/deling.png"), png(sharedPicture(), 1200));
  say("images", `${drawings.length} drawings, maerke-32.png, maerke-180.png, deling.png (1200 × 630)`);
}

function sharedPicture() {
  const place = (file, x, y, width, height) =>
    drawing(file).replace(/ width="\d+" height="\d+"/, ` x="${x}" y="${y}" width="${width}" height="${height}"`);
  const ground = palette(HAS_THEME ? [THEME] : [])["fjord-800"];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="${ground}"/>
    ${place("panorama.svg", 0, 225, 1200, 405)}${place("logo-neg.svg", 72, 72, 342, 96)}</svg>`;
}

/** The demonstration's pictures: drawn by Python, then 1,600 px PNG, because Wagtail takes no SVG. */
function pictures() {
  const folder = join(DATA, "demo-pictures");
  const venv = join(ROOT, ".venv/bin/python");
  const python = process.env.PYTHON || (existsSync(venv) ? venv : "python3");
  const drawn = spawnSync(python, ["-m", "portal.demo.pictures.draw", folder], { cwd: ROOT, encoding: "utf8" });
  if (drawn.status !== 0) throw new Error(`${python} could not draw the pictures: ${drawn.error || drawn.stderr}`);
  const names = readdirSync(folder).filter((file) => file.endsWith(".svg"));
  const stale = names.filter((file) => older(join(folder, file.replace(".svg", ".png")), join(folder, file)));
  stale.forEach((file) => write(join(folder, file.replace(".svg", ".png")), png(text(join(folder, file)), 1600)));
  say("pictures", `${names.length} in ${folder}, ${stale.length} of them made now`);
}

const older = (made, source) => !existsSync(made) || statSync(made).mtimeMs < statSync(source).mtimeMs;

const STEPS = { styles, sprite, scripts, images, pictures };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((step) => !STEPS[step]);
if (unknown.length) throw new Error(`No step called ${unknown}; there are ${Object.keys(STEPS).join(", ")}.`);
if (!wanted.length) rmSync(OUT, { recursive: true, force: true });
for (const step of wanted.length ? wanted : Object.keys(STEPS)) STEPS[step]();
