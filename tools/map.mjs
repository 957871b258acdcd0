import { writeFileSync } from 'node:fs';
import { MAP, drawnMap } from './checks/map.mjs';

// Draws docs/guide/map.md anew, after a room or an edge has come or gone.
writeFileSync(MAP, await drawnMap());
