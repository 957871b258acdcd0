import { SettableClock } from '@portillon/testing';
import { drawing } from '@portillon/testing/servers';
import { DrawnDeployment, drawDeployment, DrawnPerson, drawPerson, NOW } from '../testing/ways-in.fixture';
import { Outcome, signingIn } from '../testing/real-sign-in.fixture';
import { WAY_IN_REASONS } from '@portillon/access';
import { ENTRIES, WayIn, WaysIn } from './ways-in.policy';

const SEED = 29;
const DEPLOYMENTS = 200;
const PEOPLE = 50;

/** The prediction for an account, and the result of its sign-in. */
interface Tried {
  person: DrawnPerson;
  deployment: DrawnDeployment;
  answer: WaysIn;
  outcomes: Map<WayIn, Outcome>;
}

function said({ opens, enrolmentOnly }: WayIn): Outcome {
  if (!opens) return 'refused';
  return enrolmentOnly ? 'limited' : 'open';
}

/** Predicts the sign-ins of these accounts, all at once; then each of them signs in by every means. */
async function triedBy(people: DrawnPerson[], deployment: DrawnDeployment): Promise<Tried[]> {
  const { waysIn, signIn } = signingIn(people, deployment, new SettableClock(NOW));
  const answers = await waysIn.among(people);
  const tried: Tried[] = [];
  for (const person of people) {
    const answer = answers.get(person.account.id)!;
    const outcomes = new Map<WayIn, Outcome>();
    for (const way of answer.ways) outcomes.set(way, await signIn(way.means, person));
    tried.push({ person, deployment, answer, outcomes });
  }
  return tried;
}

async function tryMany(): Promise<Tried[]> {
  const draw = drawing(SEED);
  const tried: Tried[] = [];
  for (let batch = 0; batch < DEPLOYMENTS; batch++) {
    const idOf = (index: number) => String(batch * PEOPLE + index).padStart(6, '0');
    const people = Array.from({ length: PEOPLE }, (_, index) => drawPerson(draw, idOf(index)));
    tried.push(...(await triedBy(people, drawDeployment(draw))));
  }
  return tried;
}

describe('« Peut-elle entrer ? »', () => {
  let tried: Tried[];

  beforeAll(async () => {
    tried = await tryMany();
  }, 60_000);

  it('says of 10,000 people, by each means, what a real sign-in then decides', () => {
    expect(tried).toHaveLength(10_000);
    const differs = ({ outcomes }: Tried) => [...outcomes].some(([way, outcome]) => said(way) !== outcome);
    expect(tried.filter(differs).slice(0, 3)).toEqual([]);
  });

  it('says in one word what the means come to together', () => {
    const opening = ({ outcomes }: Tried, wanted: Outcome) =>
      [...outcomes].flatMap(([{ means }, outcome]) => (outcome === wanted ? [means] : []));
    const wrong = tried.filter((one) => {
      const [open, limited] = [opening(one, 'open'), opening(one, 'limited')];
      const { canEnter, by } = one.answer;
      if (open.length === 0) return canEnter !== (limited.length > 0 ? 'enrolment-only' : 'no');
      return canEnter !== (open.includes('password') ? 'yes' : 'only-by') || by.join() !== open.join();
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('has a reason for each means that does not open, and gives every reason that there is', () => {
    const ways = tried.flatMap(({ answer }) => answer.ways);
    expect(ways.filter(({ opens, reasons }) => !opens && reasons.length === 0)).toEqual([]);
    const codes = new Set(ways.flatMap(({ reasons }) => reasons.map(({ code }) => code)));
    expect(WAY_IN_REASONS.filter((code) => !codes.has(code))).toEqual([]);
    const entries = new Set(tried.map(({ answer }) => answer.canEnter));
    expect(ENTRIES.filter((entry) => !entries.has(entry))).toEqual([]);
  });
});
