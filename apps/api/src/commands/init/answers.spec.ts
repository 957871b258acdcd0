import { CommandRefusal } from '../refusal';
import { answersText, collect } from './answers';

describe('the answers of an installation', () => {
  const target = { unchecked: [], kept: () => undefined };

  it('without a terminal name at once everything that no default can give', async () => {
    const collected = collect({ answers: {}, settings: {} }, { isTerminal: false, target });
    await expect(collected).rejects.toThrow(CommandRefusal);
    await expect(collected).rejects.toThrow(
      /--answers:\n {2}address: https:\/\/portail\S+\n {2}operator: Hôpital d’exemple <\S+>$/,
    );
  });

  it('are refused without a terminal, by the name of the question', async () => {
    const answers = { address: 'portail.example', operator: 'Hôpital <support@hopital.example>' };
    await expect(collect({ answers, settings: {} }, { isTerminal: false, target })).rejects.toThrow(
      'address: must begin with https://',
    );
  });

  it('can be kept before all are there', () => {
    const answers = { address: 'https://portail.example' };
    expect(answersText({ answers, settings: {} })).toBe('address: https://portail.example\n');
  });
});
