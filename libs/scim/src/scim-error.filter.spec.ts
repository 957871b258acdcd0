import type { ArgumentsHost } from '@nestjs/common';
import { AppError, ErrorCatalogService } from '@portillon/kernel';
import { ScimErrorFilter, ScimFailure } from './scim-error.filter';

const text = (detail: string) => ({ title: detail, detail });
const DEFINITIONS: Record<string, object> = {
  'account.taken': { status: 409, fr: text('Déjà pris.'), en: text('Taken.') },
  'validation.failed': { status: 422, fr: text('Invalide.'), en: text('Invalid.') },
  'precondition.failed': { status: 412, fr: text('A changé.'), en: text('Has moved.') },
};

function answered(error: AppError | ScimFailure, language = 'fr') {
  const headers: Record<string, unknown> = {};
  const sent = { status: 0, body: {} as Record<string, unknown> };
  const reply = {
    header: (name: string, value: unknown) => (headers[name] = value),
    status: (code: number) => ((sent.status = code), reply),
    send: (body: string) => (sent.body = JSON.parse(body) as Record<string, unknown>),
  };
  const request = { headers: { 'accept-language': language } };
  const http = { getResponse: () => reply, getRequest: () => request };
  const catalog = {
    find: (code: string) => DEFINITIONS[code],
    fieldText: (code: string, _locale: string, field: string) => `${code} ${field}.`,
  } as unknown as ErrorCatalogService;
  new ScimErrorFilter(catalog).catch(error, { switchToHttp: () => http } as unknown as ArgumentsHost);
  return { ...sent, headers };
}

describe('a refusal, as a directory reads it', () => {
  it.each(['fr', 'en'])('has the shape of SCIM, in English for a directory that prefers %s', (language) => {
    const { status, body, headers } = answered(new AppError('account.taken'), language);
    expect(status).toBe(409);
    expect(headers).toEqual({ 'content-type': 'application/scim+json; charset=utf-8' });
    expect(body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
      detail: 'Taken.',
    });
  });

  it('names the fields that are not valid, and is 400 where ours is 422, which SCIM has not', () => {
    const errors = [{ field: 'email', code: 'invalid', message: '' }];
    expect(answered(new AppError('validation.failed', { errors }))).toMatchObject({
      status: 400,
      body: { status: '400', scimType: 'invalidValue', detail: 'Invalid. (email: invalid email.)' },
    });
  });

  it('says nothing of SCIM where SCIM has no word, nor ever the private detail', () => {
    const { status, body } = answered(new AppError('precondition.failed', { detail: 'private' }));
    expect(status).toBe(412);
    expect(body).not.toHaveProperty('scimType');
    expect(JSON.stringify(body)).not.toContain('private');
  });

  it('has the text of its cause where that is narrower: a NUL in a name is valid JSON', () => {
    const words = { fr: text('Valable.'), en: text('Valid, and refused.') };
    const { body } = answered(new AppError('validation.failed', { words }));
    expect(body).toMatchObject({ detail: 'Valid, and refused.' });
  });

  it('says when to come again', () => {
    const busy = new AppError('service.busy', { status: 503, retryAfterSeconds: 30 });
    expect(answered(busy)).toMatchObject({ status: 503, headers: { 'retry-after': 30 } });
  });

  it('is of a code that no lib registered an error of ours, by its code', () => {
    expect(answered(new AppError('internal'))).toMatchObject({ status: 500, body: { detail: 'internal' } });
  });

  it('is SCIM’s own as it was made', () => {
    const failure = new ScimFailure(400, 'invalidPath', 'No such attribute.');
    expect(answered(failure)).toMatchObject({
      status: 400,
      body: { scimType: 'invalidPath', detail: 'No such attribute.' },
    });
  });
});
