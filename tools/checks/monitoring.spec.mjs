import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, run } from '../workspace/command.mjs';
import { IN_CI, machine } from './machine.mjs';

const MONITORING = join(ROOT, 'deploy/monitoring');
const RULES = join(MONITORING, 'prometheus');
const RUNBOOK = 'https://github.com/portillon/portillon/blob/main/docs/guide/runbook.md#';

const ruleFiles = readdirSync(RULES).filter((name) => name.endsWith('.rules.yaml'));
const rules = ruleFiles.map((name) => readFileSync(join(RULES, name), 'utf8')).join('\n');
const testFiles = readdirSync(join(MONITORING, 'tests'));
const tests = testFiles.map((name) => readFileSync(join(MONITORING, 'tests', name), 'utf8')).join('\n');
const proof = readFileSync(join(ROOT, 'proofs/alerts.mjs'), 'utf8');
const runbook = readFileSync(join(ROOT, 'docs/guide/runbook.md'), 'utf8');
const alerts = found(rules, /^ +- alert: (\w+)$/gm);

describe('every alert', () => {
  it('has a paragraph in the runbook, and every paragraph its alert', () => {
    expect(found(runbook, /^### (\w+)$/gm).sort()).toEqual([...alerts].sort());
  });

  it('leads to its paragraph', () => {
    const links = found(rules, /runbook_url: (\S+)$/gm);
    expect(links).toEqual(alerts.map((name) => RUNBOOK + name.toLowerCase()));
  });

  it('has a paragraph that says what it means, what to look at, and what to do', () => {
    const paragraphs = runbook.split(/^###? /m).filter((text) => alerts.includes(text.split('\n')[0]));
    for (const text of paragraphs)
      expect(found(text, /^\*\*(.+?)\.\*\* /gm), text.split('\n')[0]).toEqual(['Means', 'Look at', 'Do']);
  });

  it('has a severity: page or ticket, or it is the heartbeat', () => {
    expect(found(rules, /^ +severity: (page|ticket)$/gm)).toHaveLength(alerts.length - 1);
    expect(found(rules, /^ +severity: (heartbeat)$/gm)).toHaveLength(1);
  });

  it('is rung: by a test of its rule, or by the proof with a real fault', () => {
    const rung = [
      ...found(tests, /^ +alertname: (\w+)\n +exp_alerts:/gm),
      ...found(proof, /^ {2}(Portillon\w+): \d+,$/gm),
    ];
    expect([...new Set(rung)].sort()).toEqual([...alerts].sort());
  });
});

describe.runIf(IN_CI || machine.prometheus)('by Prometheus itself', () => {
  const promtool = (...args) => run('promtool', args, { cwd: MONITORING });

  it('the rules and the example of a configuration are good', async () => {
    const files = ruleFiles.map((name) => join('prometheus', name));
    expect(await promtool('check', 'rules', ...files)).toMatchObject({ code: 0 });
    expect(await promtool('check', 'config', 'prometheus/prometheus.yml')).toMatchObject({ code: 0 });
  });

  it('the examples for Alertmanager and the blackbox exporter are good', async () => {
    const amtool = await run('amtool', ['check-config', 'prometheus/alertmanager.yml'], { cwd: MONITORING });
    const blackbox = ['--config.check', '--config.file=prometheus/blackbox.yml'];
    expect(amtool).toMatchObject({ code: 0 });
    expect(await run('prometheus-blackbox-exporter', blackbox, { cwd: MONITORING })).toMatchObject({
      code: 0,
    });
  });

  it.each(testFiles)('the alerts of %s ring while their faults last, and no longer', async (name) => {
    const { code, output } = await promtool('test', 'rules', join('tests', name));
    expect(output).toContain('SUCCESS');
    expect(code).toBe(0);
  });
});

function found(text, pattern) {
  return [...text.matchAll(pattern)].map(([, word]) => word);
}
