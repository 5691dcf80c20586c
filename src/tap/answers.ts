import type { Message } from './protocol.ts'

/** What the server answers, on its way to the client. Types are those of messages, a letter each. */
export class Answers {
  /** Answers of these types are to what the tap itself asked. */
  hidden = ''
  /** Answers of these types reach the client with ReadyForQuery, where PostgreSQL would send them. */
  late = ''
  #kept: Message[] = []

  /** @param shown what the client is to see of it @returns what is sent to the client now */
  pass(heard: Message, shown: Buffer | undefined): Buffer | undefined {
    if (shown && this.late.includes(heard.type)) {
      this.#kept.push(heard)
      return undefined
    }
    return shown && heard.type === 'Z' ? Buffer.concat([...this.released(), shown]) : shown
  }

  /** What was kept for the end, in PostgreSQL's order: what a statement did, then the settings that it changed. */
  released(): Buffer[] {
    const kept = this.#kept
    this.#kept = []
    return ['C', 'A', 'S'].flatMap((type) => kept.flatMap((each) => (each.type === type ? [each.bytes] : [])))
  }

  /** A transaction that fails at its end has done nothing. */
  failed(): void {
    this.#kept = this.#kept.filter((each) => each.type !== 'C')
  }
}
