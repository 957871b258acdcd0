/** The typed client of the Portillon API. Everything below `generated/` comes from the OpenAPI document. */
export * from './generated/index.js';
export { client } from './generated/client.gen.js';
