// SPDX-License-Identifier: Apache-2.0
package io.tailwater.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java of docs/recipes.md compiles against this build. Of Spring there are stand-ins, with what
 * the page uses of it.
 */
class RecipesDocTest {
  private static final Path DOC = Path.of("..", "docs", "recipes.md");
  private static final Pattern TYPE = Pattern.compile("(class|@interface) (\\w+)");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static final List<String> SPRING =
      List.of(
          "package org.springframework.context.annotation; public @interface Configuration {}",
          "package org.springframework.context.annotation; public @interface Bean { String destroyMethod(); }",
          "package org.springframework.stereotype; public @interface Service {}",
          "package org.springframework.http; public class MediaType { public static MediaType APPLICATION_JSON; }",
          """
          package org.springframework.web.client;
          public abstract class RestClient {
            public static RestClient create(String url) { return null; }
            public abstract RestClient post();
            public abstract RestClient uri(String path);
            public abstract RestClient contentType(org.springframework.http.MediaType type);
            public abstract RestClient body(Object body);
            public abstract RestClient retrieve();
            public abstract <T> T body(Class<T> type);
          }
          """);

  @TempDir private Path folder;

  @Test
  void theJavaCompiles() throws IOException {
    List<String> blocks =
        JAVA.matcher(Files.readString(DOC)).results().map(block -> block.group(1)).toList();
    assertThat(blocks).hasSize(3);
    List<JavaFileObject> sources = new ArrayList<>();
    blocks.forEach(block -> sources.add(source(block)));
    SPRING.forEach(standIn -> sources.add(source(standIn)));

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    List<String> options =
        List.of(
            "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
    boolean compiled = compiler.getTask(errors, null, null, options, null, sources).call();

    assertThat(compiled).as(errors.toString()).isTrue();
  }

  private static JavaFileObject source(String text) {
    MatchResult name = TYPE.matcher(text).results().findFirst().orElseThrow();
    return new SimpleJavaFileObject(
        URI.create("string:///" + name.group(2) + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
