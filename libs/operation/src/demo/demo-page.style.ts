/** The palette, the typeface and the mark of the pages (apps/web/src/styles.css); `tools/checks/brand.spec.mjs` compares. */
export const DEMO_STYLE = `
:root { color-scheme: light dark; --page: #f3f6f5; --surface: #ffffff; --ink: #12201e; --soft: #36474a; --line: #cfd9d7; --edge: #566866; --accent: #0a5650; --accent-strong: #073f3b; --on-accent: #ffffff; --tint: #e3f0ee }
@media (prefers-color-scheme: dark) { :root { --page: #0d1514; --surface: #15201f; --ink: #eef5f3; --soft: #c3d0cd; --line: #33423f; --edge: #8fa29e; --accent: #84d9cf; --accent-strong: #b1ebe3; --on-accent: #05201d; --tint: #14302d } }
@font-face { font-family: 'Atkinson Hyperlegible Next'; font-display: optional; font-weight: 200 800; src: url(/assets/atkinson-hyperlegible-next-latin-wght-normal.woff2) format('woff2') }
* { box-sizing: border-box }
html { font: 112.5%/1.55 'Atkinson Hyperlegible Next', system-ui, sans-serif; background: var(--page); color: var(--ink) }
body { margin: 0; overflow-wrap: anywhere }
header { border-bottom: 1px solid var(--line); background: var(--surface) }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 1.5rem; padding: .75rem 1rem }
.bar, main { max-width: 64rem; margin: 0 auto }
.home { display: inline-flex; align-items: center; gap: .625rem; color: inherit; font-size: 1.25rem; font-weight: 700; text-decoration: none }
.home svg { width: 2.25rem; height: 2.25rem }
.ground { fill: var(--accent) }
.gate { fill: none; stroke: var(--on-accent); stroke-width: 2; stroke-linecap: round }
main { padding: 1.25rem 1rem 3rem }
h1 { margin: 0 0 .75rem; font-size: 1.7rem; line-height: 1.2 }
h2 { margin: 0 0 .75rem; font-size: 1.25rem; line-height: 1.3 }
h3 { margin: 0; font-size: 1rem }
p { margin: 0 0 .75rem }
a { color: var(--accent); text-underline-offset: .2em }
a:hover { color: var(--accent-strong) }
.columns { display: grid; gap: 1.5rem }
@media (width >= 52rem) { .columns { grid-template-columns: 19rem minmax(0, 1fr) } }
.card { margin: 0 0 1rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 12px; background: var(--surface) }
.card > :last-child { margin-bottom: 0 }
.help, .to { color: var(--soft); font-size: .95rem }
nav ul { margin: 0; padding: 0; list-style: none }
nav li a { display: block; padding: .5rem .75rem; border-left: 4px solid transparent; text-decoration: none }
nav li a:hover { background: var(--tint) }
nav li a[aria-current] { border-color: var(--accent); background: var(--tint); font-weight: 700 }
nav small { display: block; color: var(--soft); font-size: .85rem; font-weight: 400 }
.code { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; margin: .5rem 0 }
.code strong { font-size: 1.5rem; letter-spacing: .12em; font-variant-numeric: tabular-nums }
.button { display: inline-flex; visibility: hidden; align-items: center; min-height: 2.75rem; padding: .5rem 1.25rem; border: 2px solid var(--accent); border-radius: 8px; background: transparent; color: var(--accent); font: inherit; font-weight: 600; line-height: 1.2; cursor: pointer }
.copies .button { visibility: visible }
.button:hover { background: var(--tint) }
summary { display: inline-block; padding: .25rem 0; color: var(--accent); text-decoration: underline; text-underline-offset: .2em; cursor: pointer }
iframe { display: block; width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: 8px }
pre { margin: .5rem 0 0; white-space: pre-wrap; font: inherit }
code { padding: .1em .35em; border-radius: .25rem; background: var(--tint); font-size: .95em }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px }
.quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
`;
