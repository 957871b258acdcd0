import { readSettings } from './read-settings';
import { complete, problemsOf, SECRET } from '../testing/settings.fixture';

const URL_OF_FHIR = 'https://gateway.api.esante.gouv.fr/fhir/v2/';
const given = { ...complete, ANNUAIRE_URL: URL_OF_FHIR, ANNUAIRE_KEY: SECRET };

describe('the settings of the Annuaire Santé', () => {
  it('leave it alone unless they name it', () => {
    expect(readSettings(complete, '/nowhere').annuaire).toBeNull();
  });

  it('name the base of its FHIR server, however its end is written, and its key', () => {
    expect(readSettings(given, '/nowhere').annuaire).toEqual({
      url: 'https://gateway.api.esante.gouv.fr/fhir/v2',
      key: SECRET,
    });
  });

  it.each<[string, object]>([
    ['ANNUAIRE_KEY is required with ANNUAIRE_URL', { ANNUAIRE_KEY: '' }],
    ['ANNUAIRE_KEY needs ANNUAIRE_URL', { ANNUAIRE_URL: '' }],
    ['ANNUAIRE_URL must be a URL', { ANNUAIRE_URL: `ftp://${SECRET}.example` }],
    ['ANNUAIRE_URL must be the base', { ANNUAIRE_URL: `https://user:${SECRET}@fhir.example/` }],
    ['ANNUAIRE_URL must be the base', { ANNUAIRE_URL: `https://fhir.example/?key=${SECRET}` }],
  ])('are refused where %s, and never show a value', (problem, changes) => {
    const problems = problemsOf({ ...given, ...changes });
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(problems[0]).not.toContain(SECRET);
  });

  it('ask for TLS in production', () => {
    const plain = { ...given, NODE_ENV: 'production', ANNUAIRE_URL: 'http://fhir.example' };
    expect(problemsOf(plain)).toContainEqual(
      expect.stringMatching(/^ANNUAIRE_URL must be a URL starting with https:/),
    );
  });
});
