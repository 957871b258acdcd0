import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { PROGRAM } from '../workspace/server.mjs';

/** A Dockerfile with the instructions of ours, and a program that answers like the server. */
const SMALL = {
  'docker/Dockerfile': `ARG NODE_IMAGE=node:24-slim
FROM \${NODE_IMAGE} AS build
WORKDIR /app
COPY . .
RUN --mount=type=cache,target=/root/.npm test -e LICENSE && \\
    test ! -e tmp
RUN mkdir bin && cp program.mjs bin/program && chmod +x bin/program && echo made > sbom.json

FROM \${NODE_IMAGE}
ENV WORDS=of-the-image
WORKDIR /app
COPY --from=build /app/bin bin
COPY --from=build /app/sbom.json ./
COPY LICENSE program.mjs texts/
USER node
EXPOSE 3000 9464
HEALTHCHECK --interval=10s \\
  CMD ["node", "-e", "fetch(\`http://127.0.0.1:\${process.env.OPS_PORT || 9464}/health/live\`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/app/bin/program"]
CMD ["serve"]
`,
  LICENSE: 'MIT',
  tmp: 'not in the image',
  'program.mjs': `#!/usr/bin/env node
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
const answer = (_request, response) => response.end('<div id="app">');
if (process.argv[2] === 'serve' && process.env.WORDS === 'of-the-image' && existsSync('texts/LICENSE'))
  for (const port of [process.env.PORT, process.env.OPS_PORT]) createServer(answer).listen(port, '127.0.0.1');
`,
};

it('starts what the command line starts, with no option of Node', () => {
  const dockerfile = readFileSync(join(ROOT, 'docker/Dockerfile'), 'utf8');
  const [, entry] = /^ENTRYPOINT (\[.*\])$/m.exec(dockerfile);
  expect(JSON.parse(entry)).toEqual([`/app/${relative(ROOT, PROGRAM)}`]);
  expect(statSync(PROGRAM).mode & 0o111).toBe(0o111);
  expect(readFileSync(PROGRAM, 'utf8').split('\n', 1)).toEqual(['#!/usr/bin/env node']);
});

describe('docker/check.sh, where there is no Docker engine', () => {
  let clone;

  beforeAll(() => {
    clone = mkdtempSync(join(tmpdir(), 'portillon-image-'));
    mkdirSync(join(clone, 'docker'));
    for (const [file, text] of Object.entries(SMALL)) writeFileSync(join(clone, file), text);
    cpSync(join(ROOT, 'docker/check.sh'), join(clone, 'docker/check.sh'));
    cpSync(join(ROOT, '.dockerignore'), join(clone, '.dockerignore'));
    const git = (...words) => execFileSync('git', ['-C', clone, ...words], { stdio: 'ignore' });
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=Test', '-c', 'user.email=test@portillon.example', 'commit', '-qm', 'one');
  });

  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  const check = () => spawnSync('sh', ['docker/check.sh'], { cwd: clone, encoding: 'utf8' });

  it('runs each step of the Dockerfile, and starts the same program', () => {
    const told = check();
    expect(told.stderr).toBe('');
    expect(told.stdout).toContain('The image would start, answer its health check and serve the pages.');
    expect(told.status).toBe(0);
  });

  it.each([
    ['a step that fails', 'RUN mkdir', 'RUN test -e nowhere && mkdir'],
    ['an instruction that it does not know', 'USER node', 'ADD https://portillon.example /'],
  ])('refuses %s', (_what, now, then) => {
    writeFileSync(join(clone, 'docker/Dockerfile'), SMALL['docker/Dockerfile'].replace(now, then));
    expect(check().status).toBe(1);
  });
});
