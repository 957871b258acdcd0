import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace/command.mjs';
import { codePages } from './code/pages.mjs';
import { pagesOf } from './pages.mjs';
import { gridPage } from './rgaa-page.mjs';

/** Every page generated from the registers, the code and the grid: `{ name, text }`. */
export async function madePages({ registers, code, tables, grid }) {
  const ofGrid = { name: 'rgaa.md', text: await gridPage(grid) };
  return [...(await pagesOf(registers)), ...(await codePages(code, tables)), ofGrid];
}

/** Writes into `folder` the readable trust file: generated pages, the written chapters, and the guide. */
export function writeSite(pages, folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['trust', 'guide', 'conformance'])
    cpSync(join(ROOT, 'docs', name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'trust', 'generated'), { recursive: true });
  for (const { name, text } of pages) writeFileSync(join(folder, 'trust', name), text);
}
