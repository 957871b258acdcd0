import { nodeFindings } from './instance.findings';

const on = (day: string) => new Date(`${day}T12:00:00Z`);
const advice = 'install Node.js 24';

it('says nothing of a tested version until the last day of its security updates', () => {
  expect(nodeFindings('20.19.0', on('2026-04-30'))).toEqual([]);
});

it('recommends Node.js 24 after that day', () => {
  const text = 'Node.js 20.19.0 has had no security updates since 2026-04-30';
  expect(nodeFindings('20.19.0', on('2026-05-01'))).toEqual([{ state: 'remark', text, advice }]);
});

it('reports a version that is not tested', () => {
  const text = 'Node.js 23.1.0 is not tested';
  expect(nodeFindings('23.1.0', on('2026-04-30'))).toEqual([{ state: 'remark', text, advice }]);
});
