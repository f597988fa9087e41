// SPDX-License-Identifier: Apache-2.0
package io.tailwater.sinks.iceberg;

import org.apache.flink.api.connector.sink2.Committer.CommitRequest;

/** A request as Iceberg's committer knows it; what it says goes to the original. */
record UnwrappedRequest<C>(CommitRequest<Watermarked<C>> original) implements CommitRequest<C> {

  @Override
  public C getCommittable() {
    return original.getCommittable().committable();
  }

  @Override
  public int getNumberOfRetries() {
    return original.getNumberOfRetries();
  }

  @Override
  public void signalFailedWithKnownReason(Throwable cause) {
    original.signalFailedWithKnownReason(cause);
  }

  @Override
  public void signalFailedWithUnknownReason(Throwable cause) {
    original.signalFailedWithUnknownReason(cause);
  }

  @Override
  public void retryLater() {
    original.retryLater();
  }

  @Override
  public void updateAndRetryLater(C committable) {
    Watermarked<C> old = original.getCommittable();
    original.updateAndRetryLater(
        new Watermarked<>(old.watermark(), old.generation(), old.ended(), committable));
  }

  @Override
  public void signalAlreadyCommitted() {
    original.signalAlreadyCommitted();
  }
}
