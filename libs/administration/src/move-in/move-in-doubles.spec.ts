import { MoveInDoubles } from './move-in-doubles';
import { personOfFields } from './move-in-line';

const person = (line: number, username: string) =>
  personOfFields(line, { username, email: `${username}@h.example`, displayName: 'A' });

describe('what the lines of a file share', () => {
  it('is found among many, the first line and another one', () => {
    const doubles = new MoveInDoubles();
    for (let line = 1; line <= 5_000; line++) doubles.add(person(line, `person.${line}`));
    for (const [line, username] of [
      [5_001, 'PERSON.7'],
      [5_002, 'person.7'],
    ] as const)
      doubles.add(person(line, username));
    expect(doubles.total).toBe(5_002);
    expect(doubles.reasons(person(7, 'person.7'))).toEqual([{ code: 'shared-email', of: 5_001 }]);
    expect(doubles.reasons(person(5_002, 'person.7'))).toEqual([
      { code: 'double-username', of: 7 },
      { code: 'shared-email', of: 7 },
    ]);
    for (let line = 8; line <= 5_000; line++)
      expect(doubles.reasons(person(line, `person.${line}`))).toEqual([]);
  });
});
