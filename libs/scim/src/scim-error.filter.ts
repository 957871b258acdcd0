import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import { AppError, ErrorCatalogService } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Our error codes as SCIM error types (RFC 7644, 3.12). */
const SCIM_TYPES: Partial<Record<string, string>> = {
  'account.taken': 'uniqueness',
  'validation.failed': 'invalidValue',
  'body.malformed': 'invalidSyntax',
};
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const BAD_REQUEST = 400;
const UNPROCESSABLE = 422;

/** A refusal in SCIM's own words (RFC 7644, 3.12). */
export class ScimFailure extends Error {
  override readonly name = 'ScimFailure';

  constructor(
    readonly status: number,
    readonly scimType: string | undefined,
    detail: string,
  ) {
    super(detail);
  }
}

/**
 * Answers a refusal in SCIM's own format, in English: a directory logs it, and no user reads it. Other errors go to the
 * filter of all routes.
 */
@Catch(AppError, ScimFailure)
export class ScimErrorFilter implements ExceptionFilter<AppError | ScimFailure> {
  constructor(private readonly catalog: ErrorCatalogService) {}

  catch(error: AppError | ScimFailure, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers a failure of the routes of SCIM, or of a path under theirs that none of them took. */
  answer(error: AppError | ScimFailure, _request: FastifyRequest, reply: FastifyReply): void {
    const { status, scimType, detail } = error instanceof AppError ? this.#ofOurs(error) : ofScim(error);
    const retryAfter = error instanceof AppError ? error.retryAfterSeconds : undefined;
    if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
    void reply.header('content-type', 'application/scim+json; charset=utf-8');
    void reply
      .status(status)
      .send(JSON.stringify({ schemas: [ERROR], status: String(status), scimType, detail }));
  }

  #ofOurs(error: AppError) {
    const definition = this.catalog.find(error.code);
    const status = error.status ?? definition?.status ?? 500;
    const detail = (error.words ?? definition)?.en.detail ?? error.code;
    const fields = error.errors?.map(
      ({ code, field }) => `${field}: ${this.catalog.fieldText(code, 'en', field)}`,
    );
    return {
      // SCIM has no 422.
      status: status === UNPROCESSABLE ? BAD_REQUEST : status,
      scimType: SCIM_TYPES[error.code],
      detail: fields ? `${detail} (${fields.join(' ')})` : detail,
    };
  }
}

function ofScim({ status, scimType, message }: ScimFailure) {
  return { status, scimType, detail: message };
}
