import { Client, clientOf } from '@portillon/http';
import type { FastifyRequest } from 'fastify';
import type { Card } from '../card.types';

/** A request that presents a card, with the fields that a use case reads. */
export const REQUEST = { ip: '192.0.2.1', id: 'r1', headers: { 'user-agent': 'Firefox' } } as FastifyRequest;

export const CLIENT: Client = clientOf(REQUEST);

export const CARD: Card = {
  nationalId: '899700366240',
  surname: 'MARTIN',
  givenName: 'CLAIRE',
  title: 'Médecin',
  cardType: 'CPS',
  cardSerial: '8025000001/2600366240',
  structure: null,
  test: false,
};
