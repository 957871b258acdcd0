import { refusalText } from './refusal.texts';

describe('the text of a refusal', () => {
  it('names the address that is not registered, in both languages', () => {
    const refusal = { code: 'invalid_redirect_uri', detail: 'https://app.example/retour' };
    expect(refusalText(refusal, 'fr')).toContain(
      'L’adresse de retour n’est pas enregistrée\u00a0: https://app.example/retour.',
    );
    expect(refusalText(refusal, 'en')).toContain(
      'The redirect address is not registered: https://app.example/retour.',
    );
  });

  it('describes our own reasons, in both languages', () => {
    const refusal = { code: 'invalid_client', detail: 'secret-wrong' };
    expect(refusalText(refusal, 'fr')).toContain('identité\u00a0: le secret n’est pas le sien.');
    expect(refusalText(refusal, 'en')).toContain('identity: the secret is not its own.');
  });

  it('reports an omitted scope, and that the sign-in continues', () => {
    const text = refusalText({ code: 'scope_not_granted', detail: 'email' }, 'fr');
    expect(text).toContain('qu’elle n’a pas\u00a0: email. La connexion se fait sans elle.');
    const unknown = refusalText({ code: 'scope_not_granted', detail: 'scope-unknown' }, 'en');
    expect(unknown).toContain('does not have: a scope that this service does not know.');
  });

  it("names the setting that withholds a scope's data, as the page and the API call it", () => {
    const refusal = { code: 'scope_switched_off', detail: 'claimMail-off' };
    expect(refusalText(refusal, 'fr')).toContain(
      'email, dont «\u00a0Transmettre l’adresse e-mail\u00a0» (claimMail) est désactivé.',
    );
    expect(refusalText(refusal, 'en')).toContain(
      'email, whose “Share the email address” (claimMail) is off.',
    );
  });

  it('shows the code if there is no specific text', () => {
    expect(refusalText({ code: 'server_error', detail: 'x.' }, 'fr')).toBe(
      'La demande a été refusée (server_error)\u00a0: x.',
    );
  });

  it('does not mistake a code that is a language word for one of ours', () => {
    expect(refusalText({ code: 'constructor', detail: 'x' }, 'en')).toBe(
      'The request was refused (constructor): x.',
    );
  });
});
