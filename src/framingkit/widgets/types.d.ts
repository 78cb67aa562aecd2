/** Types for the JSDoc comments of the modules beside this file; nothing here is shipped to a browser. */

/** A code of the codebook, as the Python side writes it. */
export interface Code {
  id: string;
  name: string;
  chip: string;
  definition: string;
  /** Its rule in one sentence. */
  short: string;
  rule: string;
  /** Its colour and its line, for a style attribute. */
  look: string;
  example: string;
  near_miss: string;
}

/** A tag. Inside a view, offsets count UTF-16 units of the shown text; outside, Python's characters. */
export interface Tag {
  id: string;
  start: number;
  end: number;
  label: string;
  note: string;
  confidence: number | null;
}

/** What stands behind a tag: a larger rank is the later word on it. */
export interface SavedTag extends Tag {
  quote?: string;
  seq?: number;
  client?: string;
}

/** One act, as it is written to the work log. */
export interface Operation {
  id: string;
  client: string;
  seq: number;
  /** The id of whoever did it. */
  learner: string;
  kind: "tag" | "change" | "remove" | "answer";
  target: string;
  span?: object;
  response?: object;
}

/** What Python says. */
export interface Message {
  kind: string;
  ids?: string[];
  /** Why nothing could be written; beside reasons, the last of them. */
  reason?: string;
  /** Why each act was refused. */
  reasons?: string[];
  /** Acts that are not kept yet, but are in the file to hand in. */
  held?: string[];
  /** Who is at work, and what a browser keeps beside that learner's acts. */
  learner?: string;
  beside?: object;
  /** Whether a browser may yet say that somebody else is at work. */
  early?: boolean;
  operations?: any[];
  tags?: SavedTag[];
  [other: string]: any;
}

/** The part of the widget model that is used. */
export interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  on(event: string, callback: (...values: any[]) => void): void;
  off(event: string, callback?: (...values: any[]) => void): void;
  send(content: object): void;
}

/** One step that can be undone: how a tag was before and how it is after. */
export interface Change {
  id: string;
  before: Tag | null;
  after: Tag | null;
}

/** A paragraph on the screen, and the tags that touch it. */
export interface Paragraph {
  start: number;
  end: number;
  element: HTMLElement;
  tags: Set<Tag>;
  near: boolean;
  stale: boolean;
  /** what the page shows, a piece each */
  drawn: string[];
}

/** One remark of a comparison, beside its sentence. */
export interface Note {
  /** "match", "think" (again) or "missed". */
  group: string;
  /** Whether its reason is shown at once. */
  open: boolean;
  number: number;
  start: number;
  end: number;
  label: string;
  reason: string;
  /** The tag that caused it; none caused what was missed. */
  id: string;
}

/** Why an option fits or does not, with a plain word before it. */
export interface Reason {
  id: string;
  state: string;
  word: string;
  sentence: string;
}

/** What Python says to an answer: how it is, reasons for options, sentences, and parts to open. */
export interface Reply {
  state: string;
  title: string;
  reasons: Reason[];
  sentences: string[];
  others: Reason[];
  more: [string, string[]][];
}

/** The latest answer to an item; a draft is still being written. */
export interface Answer {
  target: string;
  seq: number;
  client: string;
  response: Record<string, any>;
  reply?: Reply;
  draft?: boolean;
}

/** A question, as the Python side writes it. */
export interface Asked {
  kind: string;
  prompt: string;
  options: { id: string; text: string }[];
  confidence: boolean;
  min_words: number;
  minutes: number;
  button: string;
  blank: string;
}

/** The part of a question that holds the answer. */
export interface Field {
  box: HTMLElement;
  area?: HTMLTextAreaElement;
  read(): Record<string, any>;
  write(response: Record<string, any>): void;
  isBlank(): boolean;
  tell?(reasons: Reason[]): void;
}

/** One way in which somebody tagged contested words; offsets as in Python. */
export interface Reading {
  letter: string;
  start: number;
  end: number;
  label: string;
  name: string;
  words: string;
  who: string;
}

/** A contested passage, as the Python side writes it. */
export interface Contested {
  target: string;
  words: string;
  text: string;
  start: number;
  sentences: [number, number][];
  readings: Reading[];
  others: string;
}
