import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ocsfActOf } from '@portillon/audit';

const ROOT = join(__dirname, '../../..');
const ROW = /^\| `([a-z_]+)` +\| (\d+ [\w ]+?) +\| (\d+ [\w ]+?) +\|$/gm;

/** The events that the pages have a sentence for: of every lib, as a test of theirs holds. */
const names = () => {
  const file = join(ROOT, 'apps/web/src/locales/fr/events.json');
  const { events } = JSON.parse(readFileSync(file, 'utf8')) as { events: { names: Record<string, string> } };
  return Object.keys(events.names).filter((name) => name !== 'other');
};

describe('the guide of the stream of the journal', () => {
  it('names the class and the activity of every event', () => {
    const guide = readFileSync(join(ROOT, 'docs/guide/siem.md'), 'utf8');
    const told = [...guide.matchAll(ROW)].map(([, ...row]) => row);
    const mapped = [...names(), 'audit_head'].sort().map((name) => {
      const { class: ocsfClass, activity } = ocsfActOf(name);
      return [name, `${ocsfClass.uid} ${ocsfClass.name}`, `${activity.id} ${activity.name}`];
    });
    expect(told).toEqual(mapped);
  });
});
