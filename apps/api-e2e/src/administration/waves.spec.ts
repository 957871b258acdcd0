import { eventually } from '../harness/server/eventually';
import { QUICK, useStage } from '../harness/server/stage';
import { PASSWORD, Person } from '../harness/people/person';
import type { Visitor } from '../harness/people/visitor';

const WAVES = '/api/admin/invitation-waves';
const INVITATION = 'activez votre compte';
const REMINDER = 'rappel';
const DAY = 86_400_000;
const MONDAY = 1;
const NOON = 11;

describe('a wave of invitations', () => {
  const stage = useStage(QUICK);
  let north: string;
  let south: string;
  let people: Person[];
  let id: string;
  /** By how much the clock of the server is ahead. */
  let ahead = 0;

  /** Noon of the next Monday, at least so many days from now: a wave sends then. */
  async function toMonday(days = 0): Promise<void> {
    const now = Date.now() + ahead;
    const monday = new Date(now + days * DAY);
    monday.setUTCHours(NOON, 0, 0, 0);
    while (monday.getUTCDay() !== MONDAY || monday.getTime() <= now)
      monday.setUTCDate(monday.getUTCDate() + 1);
    await stage.server.advance(monday.getTime() - now);
    ahead += monday.getTime() - now;
  }
  const day = (days: number) => new Date(Date.now() + ahead + days * DAY).toISOString().slice(0, 10);
  const national = async () => (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  const wave = () => ({ name: 'Le Nord', startsOn: day(0), until: day(42), perHour: 3_600 });
  const figures = async (browser: Visitor) => (await browser.get(`${WAVES}/${id}`)).body.figures;
  const journal = async () => {
    const sql = "SELECT name FROM auditEvent WHERE name LIKE 'invitation_wave%' ORDER BY id";
    return (await stage.database.rows<{ name: string }>(sql)).map(({ name }) => name);
  };
  const accept = (token: string, newPassword = PASSWORD) =>
    stage.visitor().post('/api/invitations/accept', { token, newPassword });

  beforeAll(async () => {
    north = await stage.structure('Hôpital du Nord');
    south = await stage.structure('Clinique du Sud');
    people = await Promise.all(
      [north, north, south].map((structureId) => stage.person({ status: 'INVITED', structureId })),
    );
    await stage.person({ structureId: north });
    await toMonday();
  }, 60_000);

  it('is previewed by structure', async () => {
    const { body } = await (await national()).get(`${WAVES}/preview`);
    expect(body).toEqual({
      people: 3,
      structures: [
        { structureId: south, name: 'Clinique du Sud', people: 1 },
        { structureId: north, name: 'Hôpital du Nord', people: 2 },
      ],
    });
  });

  it('is for national administrators only, and within its bounds', async () => {
    for (const role of ['structure-admin', 'professional', 'auditor'] as const) {
      const { browser } = await stage.signedIn({ role });
      expect((await browser.post(WAVES, wave())).outcome).toBe('403 permission.denied');
      expect((await browser.get(WAVES)).outcome).toBe('403 permission.denied');
    }
    const browser = await national();
    const outcomes = [];
    for (const change of [{ perHour: 0 }, { until: day(61) }, { startsOn: 'monday' }, { structureIds: [] }])
      outcomes.push((await browser.post(WAVES, { ...wave(), ...change })).outcome);
    expect(new Set(outcomes)).toEqual(new Set(['422 validation.failed']));
    const elsewhere = await browser.post(WAVES, { ...wave(), structureIds: [await stage.structure()] });
    expect(elsewhere.outcome).toBe('409 wave.empty');
    expect(await journal()).toEqual([]);
  });

  it('invites each person once, shows who opened the link and signed in, and reminds the others once', async () => {
    const browser = await national();
    const created = await browser.post(WAVES, wave());
    expect(created.outcome).toBe('201');
    id = created.body.id;
    expect((await browser.post(WAVES, wave())).outcome).toBe('409 wave.empty');
    const tokens = [];
    for (const person of people) tokens.push(await person.tokenIn(INVITATION));
    expect(await figures(browser)).toMatchObject({
      people: 3,
      invited: 3,
      opened: 0,
      signedIn: 0,
      bounced: 0,
    });

    const [claire, paul] = people;
    await stage.visitor().post('/api/invitations/holder', { token: tokens[1]! });
    expect((await accept(tokens[0]!)).outcome).toBe('204');
    expect((await accept(tokens[0]!, 'Un-Autre-Quai-Du-Port-2027')).outcome).toBe('401 token.rejected');
    expect((await claire!.signIn(stage.visitor())).body.status).not.toBe('code-required');
    expect(await figures(browser)).toMatchObject({ invited: 3, opened: 2, signedIn: 1 });

    expect((await browser.post(`${WAVES}/${id}/remind`, {})).outcome).toBe('200');
    expect((await browser.post(`${WAVES}/${id}/remind`, {})).outcome).toBe('409 wave.state');
    await toMonday(3);
    // Asked for by a stranger, it lives as long as before.
    const latest = await paul!.tokenIn(REMINDER);
    await people[2]!.tokenIn(REMINDER);
    await stage.visitor().post('/api/password-resets', { username: paul!.username });
    await eventually('the invitation that was asked for', () => paul!.notices().length === 3);
    expect((await accept(tokens[1]!)).outcome).toBe('401 token.rejected');
    expect((await accept(latest)).outcome).toBe('401 token.rejected');
    await toMonday(14);
    expect((await accept(await paul!.tokenIn(INVITATION, 3))).outcome).toBe('204');
    expect(claire!.notices().filter((subject) => subject.includes(REMINDER))).toEqual([]);
    expect(await figures(await national())).toMatchObject({ people: 3, opened: 2, signedIn: 1, reminded: 2 });
  }, 60_000);

  it('is paused, resumed and ended, each with its line in the journal', async () => {
    const browser = await national();
    const act = async (name: string) => {
      const { outcome, body } = await browser.post(`${WAVES}/${id}/${name}`, {});
      return [outcome, body.state, body.pausedReason];
    };
    expect(await act('resume')).toEqual(['409 wave.state', undefined, undefined]);
    expect(await act('pause')).toEqual(['200', 'PAUSED', 'administrator']);
    expect(await act('resume')).toEqual(['200', 'RUNNING', null]);
    expect(await act('end')).toEqual(['200', 'ENDED', null]);
    expect((await act('end'))[0]).toBe('409 wave.state');
    expect((await browser.post(`${WAVES}/none/pause`, {})).outcome).toBe('404 not-found');
    expect((await browser.get(WAVES)).body.items).toMatchObject([{ id, state: 'ENDED' }]);
    const names = 'started reminded paused resumed ended'.split(' ').map((name) => `invitation_wave_${name}`);
    expect(await journal()).toEqual(names);
  });
});
