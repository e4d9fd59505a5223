// What the scripts of pages tell each other, the worker and Python, as types.
// CONTRIBUTING.md says what the parts of a message mean.

/** A part of a scenario: what it runs, what it must print, where it begins. */
interface Block {
  source: string;
  want: string;
  line: number;
}

/** What to run of it; a reader's own part has no more than a source. */
type Part = Pick<Block, "source"> & Partial<Block>;

/** A snippet of corpus.json. */
interface Snippet {
  title: string;
  source: string;
  first: number;
  code: string;
  blocks: Block[];
}

type Corpus = Record<string, Snippet>;

type Way = "scenario" | "check" | "requests";

/** A request as a reader writes it, one text for each field. */
interface RequestText {
  method?: string;
  path?: string;
  headers?: string;
  cookies?: string;
  body?: string;
}

/** A request as the worker takes it. */
interface RequestMessage {
  method: string;
  path: string;
  headers: string[][];
  cookies: Record<string, string>;
  body: string;
}

/** An app in the playground: what a draft keeps and a link carries. */
interface App {
  code: string;
  scenario: string;
  requests: RequestText[];
  way: Way;
  files: [string, string][];
}

/** What the page asks Python for. */
interface Message {
  type: Way;
  name: string;
  first: number;
  code: string;
  files: Record<string, string>;
  key: string;
  views?: string[] | undefined;
  watch?: string[] | undefined;
  only?: number[] | undefined;
  blocks?: Part[];
  check?: Part[];
  requests?: RequestMessage[];
}

interface RunError {
  kind: string;
  message: string;
  line: number | null;
  traceback: string;
}

interface RunResponse {
  method: string;
  path: string;
  status: string;
  headers: [string, string][];
  body: { text: string | null; size: number; cut: boolean; note: string };
  error: RunError | null;
}

/** What came of a run. */
interface Result {
  id: number;
  type: "result";
  ok: boolean;
  fatal?: boolean;
  error: RunError | null;
  stdout: string;
  truncated: boolean;
  stderr: string;
  blocks: (Block & { printed: string; same: boolean | null })[];
  passed: boolean | null;
  responses: RunResponse[];
  cookies: { name: string; value: string; path: string; domain: string }[];
  traces: { method: string; path: string; steps: number }[];
  html: string;
  seconds: number;
}

interface Progress {
  stage: string;
  message: string;
  versions?: Record<string, string>;
}

/** What the worker says. */
type Told =
  | Result
  | ({ type: "progress" } & Progress)
  | { type: "ready"; versions: Record<string, string> }
  | { type: "failed"; reason: string; message: string };

/** What a reader pressed "Edit and run" on. */
interface Opened {
  name: string;
  place: HTMLElement;
  trace: HTMLElement | null;
  task: string | null;
  button: HTMLElement;
}

/** Set by trace.js. */
declare var hookbookTrace: { step(section: HTMLElement): void };

/** What Sphinx tells its own scripts; its search reads it. */
declare const DOCUMENTATION_OPTIONS: { SHOW_SEARCH_SUMMARY: boolean };
