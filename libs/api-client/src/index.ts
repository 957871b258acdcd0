/** The typed client of the Portillon API. Everything below `generated/` comes from the OpenAPI document. */
export * from './generated';
export { client } from './generated/client.gen';
