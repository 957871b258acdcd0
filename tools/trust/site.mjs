import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace/command.mjs';
import { codeOf } from './code/code.mjs';
import { codePages } from './code/pages.mjs';
import { pagesOf } from './pages.mjs';
import { gridPage } from './rgaa-page.mjs';
import { gridOf } from './rgaa.mjs';

/** Every page of the trust file: those of the registers, of the code and of the grid: `{ name, text }`. */
export async function madePages(registers, root = ROOT) {
  const grid = { name: 'rgaa.md', text: await gridPage(gridOf(root).grid) };
  return [...(await pagesOf(registers)), ...(await codePages(codeOf(root))), grid];
}

/** Writes into `folder` what is read of the trust file: its pages beside the chapters that people write, and the guide. */
export async function writeSite(registers, folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['trust', 'guide', 'conformance'])
    cpSync(join(ROOT, 'docs', name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'trust', 'generated'), { recursive: true });
  for (const { name, text } of await madePages(registers)) writeFileSync(join(folder, 'trust', name), text);
}
