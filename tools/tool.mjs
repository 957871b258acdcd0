// node tools/tool.mjs <program> …: runs a program of tools/package.json, installed when it is first needed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './workspace/command.mjs';
import { installTools } from './workspace/install.mjs';

await installTools();
const [program, ...args] = process.argv.slice(2);
const child = spawn(join(ROOT, 'tools/node_modules/.bin', program), args, { cwd: ROOT, stdio: 'inherit' });
child.once('exit', (code) => (process.exitCode = code ?? 1));
