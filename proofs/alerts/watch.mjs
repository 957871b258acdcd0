import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { find } from '../../tools/checks/machine.mjs';
import { ROOT } from '../../tools/workspace/command.mjs';

const MONITORING = join(ROOT, 'deploy/monitoring/prometheus');
/** The longest ring after the end of a fault. */
const SILENT_S = 240;

/** Prometheus, Alertmanager and the blackbox exporter with the example's files, and what they send to the operators. */
export class Watch {
  #states = new Map();
  #rung = new Set();
  #children = [];

  /** `promises`: in how many seconds each alert must ring. */
  constructor(folder, promises) {
    this.folder = folder;
    this.promises = promises;
  }

  async start({ platform, publicUrl, opsPorts }) {
    mkdirSync(this.folder, { recursive: true });
    const [prometheus, alertmanager, blackbox, receiver] = await Promise.all([1, 2, 3, 4].map(() => platform.freePort())); // prettier-ignore
    this.#receive(receiver);
    const [first, second, worker] = opsPorts.map((port) => `127.0.0.1:${port}`);
    this.#copy('prometheus.yml', {
      'portail-1.example:9464': first,
      'portail-2.example:9464': second,
      'portail-1.example:9465': worker,
      '127.0.0.1:9093': `127.0.0.1:${alertmanager}`,
      '127.0.0.1:9115': `127.0.0.1:${blackbox}`,
      'https://portail.example': publicUrl,
    });
    this.#copy('alertmanager.yml', {
      'https://on-call.example/': `http://127.0.0.1:${receiver}/`,
      'https://heartbeat.example/': `http://127.0.0.1:${receiver}/`,
    });
    // The test authority is no one's, and nginx has another name.
    const client = `http:\n      tls_config: { insecure_skip_verify: true }\n      headers: { Host: ${platform.host} }`;
    this.#copy('blackbox.yml', { 'http:\n      fail': `${client}\n      fail` });
    for (const name of readdirSync(MONITORING).filter((one) => one.endsWith('.rules.yaml')))
      this.#copy(name, name === 'delivery.rules.yaml' ? { '[5m]': '[1m]', 'for: 2m': 'for: 30s' } : {});
    this.#run('prometheus', '--config.file=prometheus.yml', '--storage.tsdb.path=data', `--web.listen-address=127.0.0.1:${prometheus}`, '--log.level=warn'); // prettier-ignore
    this.#run('prometheus-alertmanager', '--config.file=alertmanager.yml', '--storage.path=alerts', `--web.listen-address=127.0.0.1:${alertmanager}`, '--cluster.listen-address=', '--log.level=warn'); // prettier-ignore
    this.#run('prometheus-blackbox-exporter', '--config.file=blackbox.yml', `--web.listen-address=127.0.0.1:${blackbox}`, '--log.level=warn'); // prettier-ignore
  }

  /** Waits for the page or the ticket after `hurt`. @throws Error when it is later than promised */
  async rings(alert, hurt) {
    const begun = performance.now();
    await hurt();
    await this.#until(alert, 'firing', begun, this.promises[alert]);
    console.log(`  ${alert}: rung after ${seconds(begun)} s`);
  }

  async fallsSilent(alert, heal, patience = SILENT_S) {
    const begun = performance.now();
    await heal();
    await this.#until(alert, 'resolved', begun, patience);
    console.log(`  ${alert}: silent after ${seconds(begun)} s`);
  }

  assertNever(alert) {
    if (this.#rung.has(alert)) throw new Error(`${alert} rang without its fault`);
  }

  /** `consequences`: other alerts that the faults may ring. */
  assertNothingElse(consequences) {
    const others = [...this.#rung].filter(
      (alert) => !(alert in this.promises || consequences.includes(alert)),
    );
    if (others.length > 0) throw new Error(`Rung without their faults: ${others.join(', ')}`);
  }

  async stop() {
    this.server?.closeAllConnections();
    this.server?.close();
    for (const child of this.#children) await ended(child);
  }

  async #until(alert, wanted, begun, patience) {
    for (; this.#states.get(alert) !== wanted; await sleep(250))
      if (performance.now() - begun > patience * 1_000)
        throw new Error(`${alert}: not ${wanted} after ${patience} s`);
  }

  /** What Alertmanager sends to the person on call, to the morning's list and to the heartbeat. */
  #receive(port) {
    this.server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { status, groupLabels } = JSON.parse(body);
      this.#states.set(groupLabels.alertname, status);
      if (status === 'firing') this.#rung.add(groupLabels.alertname);
      response.end();
    }).listen(port, '127.0.0.1');
  }

  #copy(name, changes) {
    let text = readFileSync(join(MONITORING, name), 'utf8');
    for (const [from, to] of Object.entries(changes)) {
      if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
      text = text.replaceAll(from, to);
    }
    writeFileSync(join(this.folder, name), text);
  }

  #run(program, ...args) {
    this.#children.push(spawn(find(program), args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'inherit'] })); // prettier-ignore
  }
}

/** Ends a child and waits for it. */
export async function ended(child) {
  if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
}

function seconds(begun) {
  return Math.round((performance.now() - begun) / 1_000);
}
