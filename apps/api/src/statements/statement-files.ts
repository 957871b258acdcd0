import {
  ACCESSIBILITY_STATES,
  type AccessibilityDeclaration,
  type AccessibilityState,
  type DataProtectionOfficer,
} from '@portillon/account';
import { OneLine } from '@portillon/http';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^[+()\d .-]{2,40}$/;
const PAGE = /^https:\/\/[^\s<>"]{3,500}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_LINES = 200;

function all(...rules: PropertyDecorator[]): PropertyDecorator {
  return (target, key) => {
    for (const rule of rules) rule(target, key);
  };
}

const Told = () => ValidateIf((_file, value) => value !== null);
const Line = (length: number) => all(IsString(), Matches(/\S/), MaxLength(length), OneLine());
const Formed = (form: RegExp) => all(IsString(), Matches(form));
const Lines = () =>
  all(
    IsArray(),
    ArrayMaxSize(MOST_LINES),
    IsString({ each: true }),
    MaxLength(1_000, { each: true }),
    Matches(/\S/, { each: true }),
  );

/** `dpo.yaml`: whom people write to about their data. */
export class OfficerFile implements DataProtectionOfficer {
  static readonly EMPTY: Partial<DataProtectionOfficer> = { name: null, phone: null, address: null };

  @Told()
  @Line(200)
  name!: string | null;

  @Formed(EMAIL)
  @MaxLength(254)
  email!: string;

  @Told()
  @Formed(PHONE)
  phone!: string | null;

  @Told()
  @Line(300)
  address!: string | null;
}

/** `accessibility.yaml`: the declaration, as the model of the RGAA has it. */
export class AccessibilityFile implements AccessibilityDeclaration {
  static readonly EMPTY: Partial<AccessibilityDeclaration> = {
    rate: null,
    auditedOn: null,
    auditor: null,
    nonConformities: [],
    disproportionateBurden: [],
    exempt: [],
    updatedOn: null,
    technologies: [],
    environment: [],
    tools: [],
    pages: [],
    phone: null,
    address: null,
    schemeUrl: null,
    planUrl: null,
  };

  @Line(200)
  entity!: string;

  @IsIn(ACCESSIBILITY_STATES)
  state!: AccessibilityState;

  @Told()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(100)
  rate!: number | null;

  @Told()
  @Formed(DAY)
  auditedOn!: string | null;

  @Told()
  @Line(200)
  auditor!: string | null;

  @Lines()
  nonConformities!: string[];

  @Lines()
  disproportionateBurden!: string[];

  @Lines()
  exempt!: string[];

  @Formed(DAY)
  establishedOn!: string;

  @Told()
  @Formed(DAY)
  updatedOn!: string | null;

  @Lines()
  technologies!: string[];

  @Lines()
  environment!: string[];

  @Lines()
  tools!: string[];

  @Lines()
  pages!: string[];

  @Formed(EMAIL)
  @MaxLength(254)
  email!: string;

  @Told()
  @Formed(PHONE)
  phone!: string | null;

  @Told()
  @Line(300)
  address!: string | null;

  @Told()
  @Formed(PAGE)
  schemeUrl!: string | null;

  @Told()
  @Formed(PAGE)
  planUrl!: string | null;
}
