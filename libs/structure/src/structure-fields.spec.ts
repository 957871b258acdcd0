import { keptTexts, registeredTexts, validTexts } from './structure-fields';

describe('the texts that a structure is registered under', () => {
  it('are kept in one spelling, none as null, and what is left out stays out', () => {
    expect(keptTexts({ finess: '75 07.12184', siret: ' ' })).toEqual({ finess: '750712184', siret: null });
    expect(keptTexts({ finess: null })).toEqual({ finess: null });
    expect(keptTexts({ siret: '' })).toEqual({ siret: null });
    expect(keptTexts({})).toEqual({});
  });

  it('are refused when they are not valid', () => {
    expect(validTexts({ finess: '750712184', siret: null })).toEqual({ finess: true, siret: true });
    expect(validTexts({ finess: '750712185', siret: '1' })).toEqual({ finess: false, siret: false });
  });

  it('are taken from a row without its other columns', () => {
    const row = { id: 's', name: 'Clinique', finess: '750712184', siret: null };
    expect(registeredTexts(row)).toEqual({ finess: '750712184', siret: null });
  });
});
