package io.tailwater.cli;
@picocli.CommandLine.Command(name="online")
final class OnlineCommand implements Runnable { @Override public void run() {} }
