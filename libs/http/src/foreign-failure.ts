import { HttpException } from '@nestjs/common';
import type { ErrorCode, ErrorText, Locale } from '@portillon/kernel';
import { STATUS_CODES } from 'node:http';

/** A failure that is no `AppError`, in our words: the code's own unless `words` has others. */
export interface ForeignFailure {
  code: string;
  status?: number;
  words?: Readonly<Record<Locale, ErrorText>>;
}

/** The codes that fit a status, whatever was refused. */
const BY_STATUS: Partial<Record<number, ErrorCode>> = {
  403: 'permission.denied',
  404: 'not-found',
  405: 'method.not-allowed',
  412: 'precondition.failed',
  413: 'body.too-large',
  415: 'media-type.unsupported',
  422: 'validation.failed',
  428: 'precondition.required',
  503: 'service.busy',
};
/** The statuses that Fastify itself gives to a body that it cannot accept. */
const BODY_STATUSES = [404, 413, 415];

const REFUSED = {
  fr: { title: 'Demande refusée', detail: 'Le service a refusé cette demande.' },
  en: { title: 'Request refused', detail: 'The service refused this request.' },
};

/** An error that Nest, Fastify or a team's own code threw. */
export function foreignFailure(error: unknown): ForeignFailure {
  return error instanceof HttpException ? ofNest(error.getStatus()) : ofFastify(error);
}

/** Keeps its status. Where no code of ours fits, the code is the status' own name: 409 is `conflict`. */
function ofNest(status: number): ForeignFailure {
  const code = BY_STATUS[status];
  if (code) return { code, status };
  if (status < 400 || status >= 500) return { code: 'internal', status: Math.max(status, 500) };
  const name = STATUS_CODES[status] ?? 'refused';
  return { code: name.toLowerCase().replace(/[^a-z]+/g, '-'), status, words: REFUSED };
}

function ofFastify(error: unknown): ForeignFailure {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  const code = BODY_STATUSES.includes(status) ? BY_STATUS[status] : undefined;
  if (code) return { code };
  return { code: status >= 400 && status < 500 ? 'body.malformed' : 'internal' };
}
