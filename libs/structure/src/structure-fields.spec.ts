import {
  storedTexts,
  registeredTexts,
  validTexts,
  FINESS_TEXT,
  isFiness,
  isSiret,
  plainNumber,
  SIRET_TEXT,
} from './structure-fields';

describe('the texts that a structure is registered under', () => {
  it('are kept in one spelling, none as null, and what is left out stays out', () => {
    expect(storedTexts({ finess: '75 07.12184', siret: ' ' })).toEqual({ finess: '750712184', siret: null });
    expect(storedTexts({ finess: null })).toEqual({ finess: null });
    expect(storedTexts({ siret: '' })).toEqual({ siret: null });
    expect(storedTexts({})).toEqual({});
  });

  it('are refused when they are not valid', () => {
    const address = '12 quai des Trois Dames, 33000 Bordeaux';
    const valid = { finess: true, siret: true, address: true };
    expect(validTexts({ finess: '750712184', siret: null, address })).toEqual(valid);
    const wrong = { finess: '750712185', siret: '1', address: 'quai\ndes Trois Dames' };
    expect(validTexts(wrong)).toEqual({ finess: false, siret: false, address: false });
    expect(validTexts({ address: 'a'.repeat(201) })).toMatchObject({ address: false });
  });

  it('are taken from a row without its other columns', () => {
    const row = { id: 's', name: 'Clinique', finess: '750712184', siret: null };
    expect(registeredTexts(row)).toEqual({ finess: '750712184', siret: null });
  });
});

describe('the FINESS number', () => {
  it.each(['750712184', '130786049', '690781810', '2A0000014', '2B0000020'])('%s is one', (number) => {
    expect(isFiness(number)).toBe(true);
  });

  it.each(['750712185', '2A0000015', '2C0000014', '75071218', '7507121840', '75A712184', '٧50712184', ''])(
    '%j is none',
    (number) => {
      expect(isFiness(number)).toBe(false);
    },
  );
});

describe('the SIRET', () => {
  it.each(['73282932000074', '26750045200011', '35600000000048', '35600000010005'])('%s is one', (number) => {
    expect(isSiret(number)).toBe(true);
  });

  it.each(['73282932000075', '35600000010004', '7328293200007', 'MONACOCONFO001', ''])(
    '%j is none',
    (number) => {
      expect(isSiret(number)).toBe(false);
    },
  );
});

it.each([
  [FINESS_TEXT, ['750712184', ' 75 071 218.4 ', '2a0000014', '']],
  [SIRET_TEXT, ['26750045200011', '267 500 452 00011', '']],
])('%s is how people write it', (shape, texts) => {
  for (const text of texts) expect([text, shape.test(text)]).toEqual([text, true]);
  for (const text of ['75071218', '7507121841234567', '75-0712184', 'x'])
    expect(shape.test(text)).toBe(false);
});

it('spaces, dots and case make no difference', () => {
  expect(plainNumber(' 2a 000 001.4')).toBe('2A0000014');
});
