#!/usr/bin/env node
/**
 * Starts Debian's Firefox ESR for Playwright. Playwright 1.65 sends `emulation.setMediaFeaturesOverride` to each new window,
 * which Firefox 153 does not know. This program stands between both and answers that command itself.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';

const UNKNOWN = 'emulation.setMediaFeaturesOverride';
const LISTENING = /^(WebDriver BiDi listening on )(ws:\/\/\S+)$/;

const firefox = spawn('/usr/bin/firefox-esr', process.argv.slice(2), {
  stdio: ['ignore', 'inherit', 'pipe'],
});
firefox.once('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => firefox.kill(signal));

for await (const line of createInterface({ input: firefox.stderr })) {
  const [, text, address] = LISTENING.exec(line) ?? [];
  console.error(text ? text + (await proxyTo(address)) : line);
}

/** Returns the address of a server that forwards to Firefox. */
async function proxyTo(address) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (playwright, { url }) => forward(playwright, new WebSocket(address + url)));
  await new Promise((resolve) => server.once('listening', resolve));
  return `ws://127.0.0.1:${server.address().port}`;
}

function forward(playwright, browser) {
  const opened = new Promise((resolve) => browser.once('open', resolve));
  playwright.on('message', async (data) => {
    const { id, method } = JSON.parse(String(data));
    if (method === UNKNOWN) playwright.send(JSON.stringify({ type: 'success', id, result: {} }));
    else await opened.then(() => browser.send(String(data)));
  });
  browser.on('message', (data) => playwright.send(String(data)));
  browser.once('close', () => playwright.close());
  playwright.once('close', () => browser.close());
}
