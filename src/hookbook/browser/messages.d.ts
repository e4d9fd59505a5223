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
  headers: string[][];
  body: { text: string | null; size: number; cut: boolean; note: string };
  error: RunError | null;
}

/** The state at one moment of a request, as in trace.schema.json; names as pairs. */
interface TraceState {
  request: {
    method: string;
    path: string;
    headers: [string, string][];
    cookies: [string, string][];
    endpoint: string | null;
    view_args: [string, string][];
  };
  response: {
    status: string;
    headers: string[][];
    cookies: [string, string][];
    body: string | null;
  } | null;
  g: [string, string][] | null;
  session: [string, string][] | null;
}

interface TraceStep {
  number: number;
  kind: string;
  phase: string;
  name: string;
  depth: number;
  before: TraceState;
  after: TraceState;
  line: number | null;
  end_line: number | null;
  owner: string | null;
  is_async: boolean;
  outcome: string;
  exception: string | null;
  changes: { name: string; before: string | null; after: string | null }[];
  module: string | null;
  distribution: string | null;
}

interface Trace {
  method: string;
  path: string;
  steps: TraceStep[];
  complete: boolean;
  missing: string[];
  not_run: {
    phase: string;
    name: string;
    owner: string;
    line: number | null;
    distribution: string | null;
    reason: string;
  }[];
}

/** What came of a run, read by protocol.js. */
interface Result {
  ok: boolean;
  error: RunError | null;
  stdout: string;
  truncated: boolean;
  stderr: string;
  blocks: (Block & { printed: string; same: boolean | null })[];
  passed: boolean | null;
  responses: RunResponse[];
  cookies: { name: string; value: string; path: string }[];
  traces: Trace[];
  left_out: number;
  findings: {
    kind: string;
    function: string;
    line: number | null;
    sentence: string;
    page: string;
    anchor: string;
  }[];
  seconds: number;
}

type Stage = "engine" | "packages" | "extension" | "run";

interface Progress {
  stage: Stage;
  message: string;
}

/** What the worker says: `id` is that of the run, `text` a result as JSON. */
type Told =
  | { type: "progress"; stage: Stage; name: string }
  | { type: "ready" }
  | { type: "failed"; id: string; reason: string; file: string }
  | { type: "fatal"; id: string; said: string }
  | { type: "result"; id: string; text: string; clean: boolean };

/** What a reader pressed "Edit and run" on. */
interface Opened {
  name: string;
  place: HTMLElement;
  trace: HTMLElement | null;
  task: string | null;
  button: HTMLElement;
}

/** The part of trusted types that trusted.js uses. */
declare var trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: {
          createHTML(text: string): string;
          createScriptURL(text: string): string;
        },
      ): void;
    }
  | undefined;

/** Set by trace.js. */
declare var hookbookTrace: { step(section: HTMLElement): void };

/** What Sphinx tells its own scripts; its search reads it. */
declare const DOCUMENTATION_OPTIONS: { SHOW_SEARCH_SUMMARY: boolean };
