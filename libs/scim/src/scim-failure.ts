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
