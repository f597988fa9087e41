package io.tailwater.cli;
@picocli.CommandLine.Command(name="stream")
final class StreamCommand implements Runnable { @Override public void run() {} }
