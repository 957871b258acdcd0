import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, SmtpSink } from '@portillon/testing/servers';
import { eventually } from '../harness/server/eventually';
import { describeWith, find } from '../harness/services/programs';
import { QUICK, Stage } from '../harness/server/stage';

const MONITORING = join(__dirname, '../../../../deploy/monitoring');
const RULES = join(MONITORING, 'prometheus');
const DASHBOARDS = join(MONITORING, 'grafana');
/** Of a series of a histogram, what follows its name. */
const PART = /_(bucket|count|sum)$/;

const textsIn = (folder: string, end: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([word]) => word);

describe('the metrics for Prometheus', () => {
  let stage: Stage;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    // A collector that is not there: its series are there only where one is named.
    const environment = { OPS_PORT: String(port), AUDIT_STREAM: 'syslog+tls://127.0.0.1:1' };
    stage = new Stage({ environment: { ...QUICK.environment, ...environment } });
    await stage.open();
  }, 60_000);

  afterAll(() => stage?.close(), 20_000);

  const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();

  it('has every series that a rule or a dashboard asks for', async () => {
    const rules = textsIn(RULES, '.rules.yaml').join('\n');
    const expressions = [rules, ...textsIn(DASHBOARDS, '.json').flatMap(expressionsOf)].join('\n');
    const recorded = found(rules, /(?<=- record: )\S+/g);
    const asked = new Set(found(expressions, /\b(portillon|nodejs|process)[_:][a-z0-9_:]+\b/g));
    const told = new Set([...found(await scrape(), /(?<=^# TYPE )\S+/gm), ...recorded]);
    expect(asked.size).toBeGreaterThan(25);
    expect([...asked].filter((name) => !told.has(name) && !told.has(name.replace(PART, '')))).toEqual([]);
  });

  it('gains no series from requests of strangers', async () => {
    const strangers = async (turn: string) => {
      const visitor = stage.visitor({ 'user-agent': `agent ${encodeURIComponent(turn)}` });
      const path = encodeURIComponent(turn);
      await visitor.post('/api/sign-in/password', { username: `nobody-${turn}`, password: `wrong ${turn}` });
      await visitor.get(`/api/nowhere-${path}?of=${path}`);
      await visitor.get(`/page-${path}`);
      await visitor.get(`/oauth2/authorize?client_id=client-${path}&error=error-${path}`);
      await visitor.get(`/api/gate/check-${path}`);
    };
    const both = async (turn: number) => {
      await strangers(`${turn}`);
      await strangers(`${turn}-"}\n\\`);
    };
    await both(0);
    const before = seriesOf(await scrape());
    for (let turn = 1; turn < 4; turn++) await both(turn);
    const gained = seriesOf(await scrape()).filter((series) => !before.includes(series));
    expect(gained).toEqual([]);
  });

  describeWith(
    'Prometheus',
    Boolean(find('prometheus')),
    'prometheus',
  )('by a server of its own', () => {
    const mended = new SmtpSink();
    let prometheus: ChildProcess;
    let url: string;

    beforeAll(async () => {
      const listen = `127.0.0.1:${await freePort()}`;
      url = `http://${listen}`;
      writeFileSync(join(stage.folder, 'prometheus.yml'), configuration(port));
      // The same expressions, and no time that they have to hold.
      const rules = readFileSync(join(RULES, 'delivery.rules.yaml'), 'utf8').replace(/^ +for: .+\n/gm, '');
      writeFileSync(join(stage.folder, 'delivery.rules.yaml'), rules);
      prometheus = spawn(
        find('prometheus') ?? 'prometheus',
        [
          '--config.file=prometheus.yml',
          '--storage.tsdb.path=prometheus',
          `--web.listen-address=${listen}`,
          '--log.level=error',
        ],
        { cwd: stage.folder, stdio: 'inherit' },
      );
    });

    afterAll(async () => {
      await mended.stop();
      if (prometheus.kill('SIGTERM')) await once(prometheus, 'exit');
    });

    /** Whether the alert rings now; nothing while Prometheus starts, or has not looked yet. */
    const rings = async (alert: string): Promise<boolean> => {
      const answer = await fetch(
        `${url}/api/v1/query?query=${encodeURIComponent(`ALERTS{alertname="${alert}"}`)}`,
      );
      const { data } = (await answer.json()) as { data: { result: unknown[] } };
      return data.result.length > 0;
    };

    it('rings for a relay that is down, and no longer once it is back', async () => {
      const claire = await stage.person();
      const relay = Number(new URL(stage.smtp.url).port);
      await stage.smtp.stop();
      for (let time = 0; time < 2; time++) await claire.givePassword(stage.visitor());
      const alert = 'PortillonProviderLeftAlone';
      expect(await eventually('the alert', () => rings(alert).catch(() => false))).toBe(true);
      await mended.start(relay);
      await stage.server.advance(11_000);
      expect(await eventually('its end', async () => !(await rings(alert)))).toBe(true);
    }, 60_000);
  });
});

/** Of each panel of a dashboard. */
function expressionsOf(dashboard: string): string[] {
  const { panels } = JSON.parse(dashboard) as { panels: { targets?: { expr: string }[] }[] };
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}

/** Names with labels, without values; those of Node alone come and go. */
function seriesOf(text: string): string[] {
  return found(text, /^portillon_.+(?= \S+$)/gm);
}

function configuration(port: number): string {
  return `
global: { scrape_interval: 500ms, evaluation_interval: 500ms }
rule_files: [delivery.rules.yaml]
scrape_configs:
  - job_name: portillon
    scrape_timeout: 500ms
    static_configs: [{ targets: ['127.0.0.1:${port}'] }]
`;
}
