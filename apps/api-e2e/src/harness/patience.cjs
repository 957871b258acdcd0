// A server starts, a message hangs for 9 s: more than the 5 s that Jest gives. (`testTimeout` of a project is ignored.)
jest.setTimeout(30_000);
