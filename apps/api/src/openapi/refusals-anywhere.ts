import type { ErrorCode } from '@portillon/kernel';
import type { OpenAPIObject } from '@nestjs/swagger';

type Item = OpenAPIObject['paths'][string];
type Responses = NonNullable<Item['get']>['responses'];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** Refusals that every route may give, whatever it does… */
const OF_ANY: Record<number, ErrorCode> = { 500: 'internal', 503: 'service.busy' };
/** …and those of a route that changes something: it takes a body, from our own pages alone. */
const OF_A_CHANGE: Record<number, ErrorCode> = {
  400: 'body.malformed',
  403: 'origin.refused',
  413: 'body.too-large',
  415: 'media-type.unsupported',
};

/** Tells at each route the refusals that none names itself, so that an integrator reads every answer in one place. */
export function tellRefusalsOfAnyRoute(document: OpenAPIObject): OpenAPIObject {
  const all = { ...OF_ANY, ...OF_A_CHANGE };
  const responses = Object.fromEntries(Object.values(all).map((code) => [code, refusal(`\`${code}\``)]));
  document.components = { ...document.components, responses };
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) add(operation.responses, method === 'get' ? OF_ANY : all);
    }
  }
  return document;
}

function add(responses: Responses, refusals: Record<number, ErrorCode>): void {
  for (const [status, code] of Object.entries(refusals)) {
    const own = responses[status];
    if (!own) responses[status] = { $ref: `#/components/responses/${code}` };
    else if ('description' in own && !own.description.includes(code))
      own.description = [own.description, `\`${code}\``].filter(Boolean).join(', ');
  }
}

function refusal(description: string) {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}
