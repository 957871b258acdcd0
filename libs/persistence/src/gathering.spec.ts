import { Gathering } from './gathering';

const PATIENCE_MS = 20;
/** The millisecond, and one that the fake clock takes for the turn after it. */
const COMPANY_MS = 2;

/** What was sent and what was told, and each batch answered when the test says so. */
function gatheringOf({ lanes = 1, most = 3 } = {}) {
  const sent: string[][] = [];
  const events: string[] = [];
  const returns: (() => void)[] = [];
  const answer = (batch: string[]) => {
    sent.push(batch);
    events.push(`sent ${batch.join()}`);
    return new Promise<() => void>((resolve) =>
      returns.push(() => resolve(() => events.push(`told ${batch.join()}`))),
    );
  };
  const gathering = new Gathering<string>(lanes, most, answer);
  const add = (...items: string[]) => items.forEach((item) => gathering.add(item));
  const join = (item: string) => gathering.join(item);
  return { sent, events, add, join, comesBack: (batch: number) => returns[batch]!() };
}

describe('what is gathered', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const turn = () => jest.advanceTimersByTimeAsync(0);
  const wait = (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds);

  it('in one turn leaves together, in its order, once the turn is over', async () => {
    const { sent, add } = gatheringOf();
    add('a', 'b');
    await Promise.resolve().then(() => add('c'));
    expect(sent).toEqual([]);
    await turn();
    expect(sent).toEqual([['a', 'b', 'c']]);
  });

  it('leaves at once in as many batches as there are lanes, and in no more', async () => {
    const { sent, add } = gatheringOf({ lanes: 2, most: 1 });
    add('a', 'b', 'c');
    await turn();
    expect(sent).toEqual([['a'], ['b']]);
    await wait(PATIENCE_MS - 1);
    expect(sent).toHaveLength(2);
  });

  it('after a batch is closed joins the next one', async () => {
    const { sent, add, comesBack } = gatheringOf();
    add('a');
    await turn();
    add('b');
    await turn();
    add('c');
    await turn();
    expect(sent).toEqual([['a']]);
    comesBack(0);
    await turn();
    expect(sent).toEqual([['a'], ['b', 'c']]);
  });

  it('leaves before the answers of the batch that is back are told', async () => {
    const { events, add, comesBack } = gatheringOf();
    add('a');
    await turn();
    add('b');
    comesBack(0);
    await turn();
    comesBack(1);
    await turn();
    expect(events).toEqual(['sent a', 'sent b', 'told a', 'told b']);
  });

  it('is half of both once a batch is back, so that batches of one and of seven become two of four', async () => {
    const { sent, add, comesBack } = gatheringOf({ most: 8 });
    add('a');
    await turn();
    add('b', 'c', 'd', 'e', 'f', 'g', 'h');
    comesBack(0);
    await turn();
    add('a again');
    comesBack(1);
    await turn();
    expect(sent).toEqual([['a'], ['b', 'c', 'd', 'e'], ['f', 'g', 'h', 'a again']]);
  });

  it('beyond what a batch takes goes with the next one, before what came later', async () => {
    const { sent, add, comesBack } = gatheringOf({ most: 2 });
    add('a', 'b', 'c');
    await turn();
    add('d');
    comesBack(0);
    await turn();
    expect(sent).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('waits no longer than 20 ms for a batch that does not come back', async () => {
    const { sent, add } = gatheringOf();
    add('stuck');
    await turn();
    add('a');
    await wait(PATIENCE_MS - 1);
    add('b');
    expect(sent).toEqual([['stuck']]);
    await wait(1);
    expect(sent).toEqual([['stuck'], ['a', 'b']]);
  });

  it('leaves one batch each 20 ms while none comes back, so that a server that hangs is not stormed', async () => {
    const { sent, add } = gatheringOf({ most: 1 });
    add('stuck', 'a', 'b', 'c');
    await turn();
    await wait(PATIENCE_MS);
    expect(sent).toEqual([['stuck'], ['a']]);
    await wait(2 * PATIENCE_MS);
    expect(sent).toEqual([['stuck'], ['a'], ['b'], ['c']]);
  });

  it('has its 20 ms whole, though one before it had waited and left', async () => {
    const { sent, add, comesBack } = gatheringOf();
    add('slow');
    await turn();
    add('a');
    await wait(PATIENCE_MS - 1);
    comesBack(0);
    await turn();
    add('b');
    await wait(PATIENCE_MS - 1);
    expect(sent).toEqual([['slow'], ['a']]);
    await wait(1);
    expect(sent).toEqual([['slow'], ['a'], ['b']]);
  });

  it('waits again once every batch has come back that left beyond the lanes', async () => {
    const { sent, add, comesBack } = gatheringOf();
    add('stuck');
    await turn();
    add('beyond');
    await wait(PATIENCE_MS);
    comesBack(1);
    add('a');
    await turn();
    expect(sent).toEqual([['stuck'], ['beyond']]);
    comesBack(0);
    await turn();
    expect(sent).toEqual([['stuck'], ['beyond'], ['a']]);
  });

  it('in no hurry leaves after a millisecond, with all who joined', async () => {
    const { sent, join } = gatheringOf();
    join('a');
    await turn();
    join('b');
    expect(sent).toEqual([]);
    await wait(COMPANY_MS);
    expect(sent).toEqual([['a', 'b']]);
  });

  it('in no hurry leaves with who is', async () => {
    const { sent, add, join, comesBack } = gatheringOf();
    join('a');
    add('b');
    await turn();
    expect(sent).toEqual([['a', 'b']]);
    comesBack(0);
    await wait(2 * PATIENCE_MS);
    expect(sent).toHaveLength(1);
  });

  it('in no hurry is not sent alone because a batch is back', async () => {
    const { sent, add, join, comesBack } = gatheringOf();
    add('a');
    await turn();
    join('b');
    comesBack(0);
    await turn();
    expect(sent).toEqual([['a']]);
    await wait(COMPANY_MS);
    expect(sent).toEqual([['a'], ['b']]);
  });

  it('in no hurry waits its 20 ms too for a batch that does not come back', async () => {
    const { sent, add, join } = gatheringOf();
    add('stuck');
    await turn();
    join('a');
    await wait(PATIENCE_MS);
    expect(sent).toEqual([['stuck']]);
    await wait(COMPANY_MS);
    expect(sent).toEqual([['stuck'], ['a']]);
  });
});
