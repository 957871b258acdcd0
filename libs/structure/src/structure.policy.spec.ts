import { DAY, addMilliseconds } from '@portillon/kernel';
import { strongMeansStage, NO_POLICY, StrongMeansReached } from './structure.policy';

const FROM = new Date('2027-03-01T00:00:00Z');
const at = (days: number, strongMeansReached: StrongMeansReached = 0) =>
  strongMeansStage(
    { ...NO_POLICY, strongMeansFrom: FROM, strongMeansReached },
    addMilliseconds(FROM, days * DAY),
  );

describe('the course of a structure to strong means', () => {
  it.each([
    [-31, 'encouraged'],
    [-30, 'announced'],
    [-0.001, 'announced'],
    [0, 'enrolment'],
    [13.999, 'enrolment'],
    [14, 'required'],
  ])('%s days from its date is %s', (days, stage) => {
    expect(at(days)).toBe(stage);
  });

  it('is none without a date', () => {
    expect(strongMeansStage(NO_POLICY, FROM)).toBe('none');
  });

  it('is not taken back by a clock that steps back', () => {
    expect([at(-60, 1), at(-60, 2), at(5, 2), at(20, 1)]).toEqual([
      'enrolment',
      'required',
      'required',
      'required',
    ]);
  });
});
