import type { Reason } from './types';

export interface FieldFault {
  field: string;
  code: string;
  text: string;
}

interface Body {
  title?: string;
  detail?: string;
  code?: string;
  errors?: FieldFault[];
  reasons?: Reason[];
}

// Why a call did not do what was asked. The words of the server are in the user's language already;
// status 0 means that no answer came, so that it is not known whether it was done.
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title = '',
    readonly detail = '',
    readonly errors: FieldFault[] = [],
    readonly reasons: Reason[] = [],
    readonly retry_after_s: number | null = null,
  ) {
    super(`${status} ${code}`);
  }

  get lost(): boolean {
    return this.status === 0;
  }

  // The same request with the same key may be sent again: nothing was decided.
  get passing(): boolean {
    return this.lost || this.status >= 500 || this.status === 429 || this.code === 'in_flight';
  }

  static lost(): Problem {
    return new Problem(0, 'connection_lost');
  }

  static async of(answer: Response): Promise<Problem> {
    const wait = Number(answer.headers.get('Retry-After'));
    let body: Body = {};
    try {
      body = (await answer.json()) as Body;
    } catch {
      // A proxy in between answers as it likes; the status says enough.
    }
    return new Problem(
      answer.status,
      body.code ?? `http_${answer.status}`,
      body.title ?? '',
      body.detail ?? '',
      body.errors ?? [],
      body.reasons ?? [],
      Number.isFinite(wait) && wait > 0 ? wait : null,
    );
  }
}

export function as_problem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem(-1, 'unexpected');
}
