import { writeFileSync } from 'node:fs';
import { MAP, drawnMap } from './checks/map.mjs';

// Updates docs/guide/map.md after a package or a dependency was added or removed.
writeFileSync(MAP, await drawnMap());
