// SPDX-License-Identifier: Apache-2.0
package io.tailwater.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command that was run in this process.
 *
 * @param exitCode 0 ok, 1 failed, 2 usage
 * @param out what it printed
 * @param err what it printed as an error
 */
record Command(int exitCode, String out, String err) {
  static Command run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int exitCode = Tailwater.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Command(exitCode, out.toString(), err.toString());
  }
}
