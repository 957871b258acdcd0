// Servers start, a message hangs for 9 s, and the machine may be busy: more than the 5 s that Jest gives. (`testTimeout` of a
// project is ignored.)
jest.setTimeout(60_000);
