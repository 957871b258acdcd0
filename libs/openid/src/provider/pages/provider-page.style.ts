/** The palette of the other pages (apps/web/src/styles.css): every text has a contrast of 7:1, in light and dark mode. */
const PALETTE =
  ':root{color-scheme:light dark;--page:#f3f6f5;--surface:#fff;--ink:#12201e;--soft:#36474a;--line:#cfd9d7;' +
  '--accent:#0a5650;--accent-strong:#073f3b;--on-accent:#fff;--tint:#e3f0ee}' +
  '@media(prefers-color-scheme:dark){:root{--page:#0d1514;--surface:#15201f;--ink:#eef5f3;--soft:#c3d0cd;--line:#33423f;' +
  '--accent:#84d9cf;--accent-strong:#b1ebe3;--on-accent:#05201d;--tint:#14302d}}';

/**
 * The pages store their typeface under a name without a hash (apps/web/vite.config.ts). Without them the system's is used.
 */
const TYPEFACE =
  "@font-face{font-family:'Atkinson Hyperlegible Next';font-display:swap;font-weight:200 800;" +
  "src:url(/assets/atkinson-hyperlegible-next-latin-wght-normal.woff2)format('woff2')}";

/** One text, whose hash the content security policy names. */
export const PAGE_STYLE =
  PALETTE +
  TYPEFACE +
  '*{box-sizing:border-box}' +
  "html{font:112.5%/1.55 'Atkinson Hyperlegible Next',system-ui,sans-serif;background:var(--page);color:var(--ink)}" +
  'body{margin:0;min-height:100vh;overflow-wrap:break-word}' +
  'header{border-bottom:1px solid var(--line);background:var(--surface)}' +
  '.bar{display:flex;max-width:64rem;margin:0 auto;padding:.75rem 1rem}' +
  '.home{display:inline-flex;align-items:center;gap:.625rem;color:inherit;font-size:1.25rem;' +
  'font-weight:700;text-decoration:none}' +
  '.home svg{width:2.25rem;height:2.25rem}.ground{fill:var(--accent)}' +
  '.gate{fill:none;stroke:var(--on-accent);stroke-width:2;stroke-linecap:round}' +
  'main{max-width:36rem;margin:0 auto;padding:2rem 1rem}' +
  'h1{margin:0 0 1.25rem;font-size:1.7rem;line-height:1.2;text-wrap:balance}p{margin:0 0 1rem}' +
  '.card{padding:1.5rem;border:1px solid var(--line);border-radius:12px;background:var(--surface)}' +
  '.card{margin-bottom:1.25rem}.card>:last-child{margin-bottom:0}' +
  '.reference{color:var(--soft);font-size:.95rem}code{font-size:.9rem;overflow-wrap:anywhere}' +
  'a{color:var(--accent);text-underline-offset:.2em}a:hover{color:var(--accent-strong)}' +
  '.actions{display:flex;flex-wrap:wrap;gap:.75rem}' +
  '.button{display:inline-flex;flex:1 1 auto;align-items:center;justify-content:center;min-height:2.75rem;' +
  'padding:.5rem 1.25rem;border:2px solid var(--accent);border-radius:8px;background:transparent;color:var(--accent);' +
  'font:inherit;font-weight:600;line-height:1.2;text-align:center;text-decoration:none;cursor:pointer}' +
  '.button:hover{background:var(--tint);border-color:var(--accent-strong);color:var(--accent-strong)}' +
  '.button.first{background:var(--accent);color:var(--on-accent)}.button.first:hover{background:var(--accent-strong);' +
  'color:var(--on-accent)}' +
  ':focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:4px}' +
  '.button:focus-visible{border-radius:8px}';
